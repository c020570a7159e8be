package com.techcorp.servers;

import org.testcontainers.DockerClientFactory;

/** Docker by way of Testcontainers, which is optional on the class path. */
public final class Docker {
  private Docker() {}

  /**
   * Whether Testcontainers is there with a kind of container, and a Docker engine answers.
   *
   * @param container the name of the container's class
   * @return true if both are so
   */
  public static boolean usable(String container) {
    try {
      Class.forName(container, false, Docker.class.getClassLoader());
    } catch (ClassNotFoundException absent) {
      return false;
    }
    return Engine.answers();
  }

  /** The part that links to Testcontainers. */
  private static final class Engine {
    static boolean answers() {
      return DockerClientFactory.instance().isDockerAvailable();
    }
  }
}
