package com.techcorp.jdbc;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Makes a process's wall clock jump by an hour to either side of the true time, five times a
 * second: an agent that leads every reading of it in every class of the class path (the library's,
 * the driver's, the pool's, that of ids) to here. The monotonic clock is left alone, as by an
 * operator who sets the time.
 */
public final class JumpingClock implements ClassFileTransformer {
  static final Duration JUMP = Duration.ofHours(1);

  private static final String HERE = JumpingClock.class.getName().replace('.', '/');

  /** What is led here, by owner and name; of each, the form without arguments. */
  private static final Map<String, String> READINGS =
      Map.ofEntries(
          Map.entry("java/lang/System.currentTimeMillis", "()J"),
          Map.entry("java/time/Instant.now", "()Ljava/time/Instant;"),
          Map.entry("java/time/LocalDate.now", "()Ljava/time/LocalDate;"),
          Map.entry("java/time/LocalTime.now", "()Ljava/time/LocalTime;"),
          Map.entry("java/time/LocalDateTime.now", "()Ljava/time/LocalDateTime;"),
          Map.entry("java/time/OffsetDateTime.now", "()Ljava/time/OffsetDateTime;"),
          Map.entry("java/time/ZonedDateTime.now", "()Ljava/time/ZonedDateTime;"),
          Map.entry("java/time/Clock.systemUTC", "()Ljava/time/Clock;"),
          Map.entry("java/time/Clock.systemDefaultZone", "()Ljava/time/Clock;"),
          Map.entry("java/time/InstantSource.system", "()Ljava/time/InstantSource;"));

  private JumpingClock() {}

  /** A jar that only names the agent; its classes are on the class path already. */
  static Path agent(Path folder) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(new Attributes.Name("Premain-Class"), JumpingClock.class.getName());
    Path jar = folder.resolve("jumping-clock.jar");
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
    return jar;
  }

  /** Called by the virtual machine before the process's own main. */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    instrumentation.addTransformer(new JumpingClock());
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] code) {
    boolean ours = loader != null && loader == ClassLoader.getSystemClassLoader();
    if (!ours || name == null || name.startsWith(HERE) || name.startsWith("net/bytebuddy/")) {
      return null;
    }
    ClassReader reader = new ClassReader(code);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new Redirected(writer), 0);
    return writer.toByteArray();
  }

  /** A class whose readings of the clock are led here. */
  private static final class Redirected extends ClassVisitor {
    Redirected(ClassVisitor to) {
      super(Opcodes.ASM9, to);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String method,
        String signature,
        @Nullable String generic,
        String @Nullable [] exceptions) {
      MethodVisitor to = super.visitMethod(access, method, signature, generic, exceptions);
      return new MethodVisitor(Opcodes.ASM9, to) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean isInterface) {
          if (owner.equals("java/util/Date") && name.equals("<init>") && descriptor.equals("()V")) {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, HERE, "currentTimeMillis", "()J", false);
            super.visitMethodInsn(opcode, owner, name, "(J)V", false);
          } else if (opcode == Opcodes.INVOKESTATIC
              && descriptor.equals(READINGS.get(owner + "." + name))) {
            super.visitMethodInsn(opcode, HERE, here(owner, name), descriptor, false);
          } else {
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
          }
        }
      };
    }

    /** Of several readings that are called now: nowOf and the type. */
    private static String here(String owner, String name) {
      return name.equals("now") ? "nowOf" + owner.substring(owner.lastIndexOf('/') + 1) : name;
    }
  }

  // What the redirected calls reach; public, for they come from every package.

  public static long currentTimeMillis() {
    boolean ahead = System.nanoTime() / 200_000_000 % 2 == 0;
    return System.currentTimeMillis() + (ahead ? JUMP.toMillis() : -JUMP.toMillis());
  }

  public static Instant nowOfInstant() {
    return Instant.ofEpochMilli(currentTimeMillis());
  }

  public static LocalDate nowOfLocalDate() {
    return LocalDate.now(systemDefaultZone());
  }

  public static LocalTime nowOfLocalTime() {
    return LocalTime.now(systemDefaultZone());
  }

  public static LocalDateTime nowOfLocalDateTime() {
    return LocalDateTime.now(systemDefaultZone());
  }

  public static OffsetDateTime nowOfOffsetDateTime() {
    return OffsetDateTime.now(systemDefaultZone());
  }

  public static ZonedDateTime nowOfZonedDateTime() {
    return ZonedDateTime.now(systemDefaultZone());
  }

  public static Clock systemUTC() {
    return new Jumping(ZoneId.of("UTC"));
  }

  public static Clock systemDefaultZone() {
    return new Jumping(ZoneId.systemDefault());
  }

  public static InstantSource system() {
    return systemUTC();
  }

  private static final class Jumping extends Clock {
    private final ZoneId zone;

    Jumping(ZoneId zone) {
      this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return new Jumping(other);
    }

    @Override
    public Instant instant() {
      return nowOfInstant();
    }
  }
}
