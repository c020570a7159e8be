package com.techcorp.jdbc.internal.batch;

import com.techcorp.jdbc.SchemaNames;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.TemplateEngine;

/** Puts the names of the schemas into Jdbi's statements; Jdbi keeps each text that it has seen. */
record SchemaTemplates(SchemaNames names) implements TemplateEngine.Parsing {
  @Override
  public Optional<Function<StatementContext, String>> parse(String sql, ConfigRegistry config) {
    String resolved = names.resolve(sql);
    return Optional.of(context -> resolved);
  }
}
