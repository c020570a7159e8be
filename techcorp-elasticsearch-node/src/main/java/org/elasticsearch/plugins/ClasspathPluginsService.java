package org.elasticsearch.plugins;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.elasticsearch.Build;
import org.elasticsearch.action.admin.cluster.node.info.PluginsAndModules;
import org.elasticsearch.env.Environment;

/** Loads plugins from the class path. Only classes of this package may make a loaded plugin. */
public final class ClasspathPluginsService extends PluginsService {
  private final List<LoadedPlugin> loaded;

  /**
   * Loads the plugins.
   *
   * @param environment the node's settings and folders
   * @param loader one that found no module
   * @param plugins the classes to load
   */
  public ClasspathPluginsService(
      Environment environment, PluginsLoader loader, Collection<Class<? extends Plugin>> plugins) {
    super(environment.settings(), environment.configDir(), loader);
    List<LoadedPlugin> all = new ArrayList<>();
    for (Class<? extends Plugin> plugin : plugins) {
      Plugin instance = loadPlugin(plugin, environment.settings(), environment.configDir());
      all.add(new LoadedPlugin(descriptor(plugin), instance, plugin.getClassLoader()));
    }
    loadExtensions(all);
    loaded = List.copyOf(all);
  }

  @Override
  protected List<LoadedPlugin> plugins() {
    return loaded;
  }

  @Override
  public PluginsAndModules info() {
    List<PluginRuntimeInfo> plugins =
        loaded.stream().map(plugin -> new PluginRuntimeInfo(plugin.descriptor())).toList();
    return new PluginsAndModules(plugins, List.of());
  }

  private static PluginDescriptor descriptor(Class<?> plugin) {
    String text =
        """
        name=%1$s
        description=from the class path
        version=%2$s
        elasticsearch.version=%2$s
        java.version=21
        classname=%3$s
        """
            .formatted(plugin.getSimpleName(), Build.current().version(), plugin.getName());
    try {
      return PluginDescriptor.readInternalDescriptorFromStream(
          new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
