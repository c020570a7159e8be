package com.techcorp.amqp;

import static com.techcorp.amqp.TestEvents.CONFIRMED;
import static com.techcorp.amqp.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.impl.DefaultCredentialsProvider;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.servers.proxy.TcpProxy;
import com.techcorp.servers.rabbit.RabbitServer;
import com.techcorp.testkit.MemoryStorage;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Code of the host's in the factory of connections throws, and later does not. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RabbitHostCodeIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final RabbitServer server = RabbitServer.shared();
  private final TcpProxy proxy = TcpProxy.before("127.0.0.1", server.port());
  private final TestBroker broker = TestBroker.shared();
  private final ConnectionFactory factory = new ConnectionFactory();
  private final AtomicInteger faultsLeft = new AtomicInteger();

  private enum Fault {
    EXCEPTION,
    ERROR,
    FATAL;

    void raise() {
      switch (this) {
        case EXCEPTION -> throw new IllegalStateException("the vault is sealed");
        case ERROR -> throw new NoClassDefFoundError("com/example/Vault");
        case FATAL -> throw new OutOfMemoryError("of the test");
      }
    }
  }

  private enum Place {
    CREDENTIALS {
      @Override
      void set(ConnectionFactory factory, Runnable fault) {
        factory.setCredentialsProvider(
            new DefaultCredentialsProvider(factory.getUsername(), factory.getPassword()) {
              @Override
              public String getPassword() {
                fault.run();
                return super.getPassword();
              }
            });
      }
    },
    CONFIGURATOR {
      @Override
      void set(ConnectionFactory factory, Runnable fault) {
        factory.setSocketConfigurator(socket -> fault.run());
      }
    },
    SOCKETS {
      @Override
      void set(ConnectionFactory factory, Runnable fault) {
        factory.setSocketFactory(new Sockets(fault));
      }
    };

    abstract void set(ConnectionFactory factory, Runnable fault);
  }

  @BeforeEach
  void address() throws Exception {
    factory.setUri(proxy.through(server.amqpUri()));
  }

  @AfterEach
  void remove() throws Exception {
    proxy.close();
    broker.remove();
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  @DisplayName("S9: what throws at the first connect and at a reconnect is asked again")
  void connectsAfterAnException(Place place) {
    connectsAfter(place, Fault.EXCEPTION);
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  @DisplayName("S9: an Error at a connect does not end the attempts either")
  void connectsAfterAnError(Place place) {
    connectsAfter(place, Fault.ERROR);
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  @DisplayName("S9: a fatal error is told to the node, and the attempts go on")
  void connectsAfterAFatalError(Place place) {
    FaultBoundary faults = connectsAfter(place, Fault.FATAL);
    assertThat(faults.fatal()).isPositive();
  }

  private FaultBoundary connectsAfter(Place place, Fault fault) {
    // given
    FaultBoundary faults = new FaultBoundary();
    place.set(
        factory,
        () -> {
          if (faultsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            fault.raise();
          }
        });
    faultsLeft.set(1);

    // when
    try (RabbitEventBus bus = RabbitEventBus.connect(factory, broker.options)) {
      bus.start(context(faults));

      // then
      await().atMost(LIMIT).until(() -> bus.awaitConnected(LIMIT));
      assertThat(faultsLeft).hasValue(0);

      // when
      faultsLeft.set(2);
      proxy.resetAll();

      // then
      await().atMost(LIMIT).until(() -> faultsLeft.get() == 0);
      Event event = event(CONFIRMED);
      await().atMost(LIMIT).until(() -> connectedAndAnswers(bus, event));
    }
    return faults;
  }

  /** Nobody handles it here, so it is not taken; but the broker says so. */
  private static boolean connectedAndAnswers(RabbitEventBus bus, Event event) {
    return bus.publish(event).handle((taken, failure) -> failure == null).join();
  }

  private static BusContext context(FaultBoundary faults) {
    return new BusContext(
        new OwnThreads(),
        () -> null,
        faults,
        MemoryStorage.create().consumerBacklog(),
        () -> Backlog.NONE);
  }

  private static final class Sockets extends SocketFactory {
    private final Runnable fault;

    Sockets(Runnable fault) {
      this.fault = fault;
    }

    @Override
    public Socket createSocket() {
      fault.run();
      return new Socket();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
      throw new UnsupportedOperationException();
    }
  }
}
