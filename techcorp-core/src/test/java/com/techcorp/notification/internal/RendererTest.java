package com.techcorp.notification.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.notification.Message;
import com.techcorp.notification.Notification;
import com.techcorp.notification.ResourceTemplates;
import com.techcorp.notification.Template;
import com.techcorp.notification.TemplateException;
import com.techcorp.notification.TemplateSource;
import com.techcorp.order.OrderEventType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RendererTest {
  private final Map<String, Template> templates = new HashMap<>();
  private final TemplateSource source =
      (name, locale) -> Optional.ofNullable(templates.get(name + " " + locale.toLanguageTag()));
  private final Renderer renderer = new Renderer(source);

  @Test
  void escapesInHtmlOnly() {
    // given
    templates.put("t en", new Template("{{title}}", "{{title}}", "<b>{{title}}</b>"));

    // when
    Message message = render("en", "<script>alert('x')</script> & co");

    // then
    assertThat(message.subject()).isEqualTo("<script>alert('x')</script> & co");
    assertThat(message.text()).isEqualTo("<script>alert('x')</script> & co");
    assertThat(message.html())
        .doesNotContain("<script>")
        .startsWith("<b>&lt;script&gt;")
        .endsWith("&lt;/script&gt; &amp; co</b>");
  }

  @Test
  void letsNoValueBreakTheSubjectsLine() {
    // given
    templates.put("t en", new Template("News: {{title}}", "", null));

    // when
    Message message = render("en", "x\r\nBcc: everyone@example.com");

    // then
    assertThat(message.subject()).isEqualTo("News: x Bcc: everyone@example.com");
    assertThat(message.html()).isNull();
  }

  @Test
  void fallsBackFromTheRegionToTheLanguageToEnglish() {
    // given
    templates.put("t en", new Template("english", "", null));
    assertThat(render("pt-BR", "").subject()).isEqualTo("english");

    templates.put("t pt", new Template("portuguese", "", null));
    assertThat(render("pt-BR", "").subject()).isEqualTo("portuguese");

    templates.put("t pt-BR", new Template("brazilian", "", null));
    assertThat(render("pt-BR", "").subject()).isEqualTo("brazilian");
    assertThat(render("pt-BR-u-nu-latn", "").subject()).isEqualTo("brazilian");
    assertThat(render("pt-PT", "").subject()).isEqualTo("portuguese");
    assertThat(render("und", "").subject()).isEqualTo("english");
  }

  @Test
  void prefersTheHostsTemplatesToTheBuiltInOnes() {
    // given
    templates.put("order-confirmed en", new Template("ours {{order_number}}", "", null));
    TemplateSource both = source.orElse(ResourceTemplates.builtIn());

    // then
    assertThat(both.find("order-confirmed", Locale.ENGLISH).orElseThrow().subject())
        .startsWith("ours");
    assertThat(both.find("order-confirmed", Locale.forLanguageTag("pt")).orElseThrow().subject())
        .startsWith("Seu pedido");
    assertThat(both.find("../order-confirmed", Locale.ENGLISH)).isEmpty();
    assertThat(both.find("order-lost", Locale.ENGLISH)).isEmpty();
  }

  @Test
  void tellsWhichSectionIsUnknown() {
    templates.put("t en", new Template("", "", "{{#gift}}for you{{/gift}}"));

    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> render("en", ""))
        .withMessageContaining("t (en), html")
        .withMessageContaining("gift");
  }

  @Test
  void tellsThatATemplateIsMalformed() {
    templates.put("t en", new Template("", "{{#open}}", null));

    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> render("en", ""))
        .withMessageContaining("t (en), text");
  }

  @Test
  void refusesPartials() {
    templates.put("t en", new Template("", "{{> footer}}", null));

    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> render("en", ""))
        .withMessageContaining("partials");
  }

  private Message render(String tag, String title) {
    UUID id = UUID.randomUUID();
    return renderer.render(
        id,
        new Notification(
            id,
            OrderEventType.streamOf(id),
            id,
            "email",
            "ada@example.com",
            "t",
            Locale.forLanguageTag(tag),
            Map.of("title", title)));
  }
}
