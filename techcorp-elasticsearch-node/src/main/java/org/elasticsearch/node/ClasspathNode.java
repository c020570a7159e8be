package org.elasticsearch.node;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.env.Environment;
import org.elasticsearch.plugins.ClasspathPluginsService;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.plugins.PluginsLoader;
import org.elasticsearch.plugins.PluginsService;

/**
 * A node whose modules are classes of the class path: the distribution's folder of modules is not
 * in the registry. It is in this package because only classes of it may choose the service that
 * loads plugins.
 */
public final class ClasspathNode extends Node {
  /**
   * Builds the node; nothing runs before {@link #start()}.
   *
   * @param environment its settings and folders
   * @param plugins the classes that stand in for its modules
   */
  public ClasspathNode(Environment environment, Collection<Class<? extends Plugin>> plugins) {
    super(NodeConstruction.prepareConstruction(environment, noModules(), from(plugins), true));
  }

  private static PluginsLoader noModules() {
    return PluginsLoader.createPluginsLoader(Set.of(), Set.of(), Map.of(), false);
  }

  private static NodeServiceProvider from(Collection<Class<? extends Plugin>> plugins) {
    return new NodeServiceProvider() {
      @Override
      PluginsService newPluginService(Environment environment, PluginsLoader loader) {
        return new ClasspathPluginsService(environment, loader, plugins);
      }
    };
  }
}
