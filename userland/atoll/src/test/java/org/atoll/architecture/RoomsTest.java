package org.atoll.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.atoll.abi.Message;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who may use what, and what nobody may do: the rooms of docs/architecture.md as tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoomsTest {

  private static final String[] PURE = {
    "org.atoll.abi..",
    "org.atoll.kernel..",
    "org.atoll.libsys..",
    "org.atoll.servers..",
    "org.atoll.libposix..",
    "org.atoll.posix..",
    "org.atoll.vcpu..",
    "org.atoll.drivers.hostfs.."
  };

  /** Gives programs the process's time and chance, in the JDK's types. */
  private static final String AMBIENT = "org.atoll.posix.gate.Ambient";

  private JavaClasses atoll;

  @BeforeAll
  void readTheClasses() {
    atoll =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.atoll");
  }

  @Test
  void theAbiUsesTheJdkAlone() {
    check(
        classes()
            .that()
            .resideInAPackage("org.atoll.abi..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.atoll.abi..", "java..", "org.jspecify.."));
  }

  @Test
  void theKernelUsesTheAbiTheHypercallInterfaceAndDisruptor() {
    check(
        classes()
            .that()
            .resideInAPackage("org.atoll.kernel..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "org.atoll.kernel..",
                "org.atoll.abi..",
                "org.atoll.hypercall",
                "org.atoll.hypercall.memory..",
                "org.atoll.hypercall.cpu..",
                "com.lmax.disruptor..",
                "java..",
                "org.jspecify.."));
  }

  @Test
  void serversAndLibposixUseTheAbiAndLibsys() {
    check(
        classes()
            .that()
            .resideInAnyPackage("org.atoll.servers..", "org.atoll.libsys..", "org.atoll.libposix..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "org.atoll.servers..",
                "org.atoll.libsys..",
                "org.atoll.libposix..",
                "org.atoll.abi..",
                "java..",
                "org.jspecify.."));
  }

  @Test
  void whatJavaProgramsSeeUsesTheAbiAlone() {
    check(
        classes()
            .that()
            .resideInAPackage("org.atoll.posix..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "org.atoll.posix..", "org.atoll.abi..", "java..", "org.jspecify.."));
  }

  @Test
  void theHostsFoldersAreReachedByHypercallsAlone() {
    check(
        classes()
            .that()
            .resideInAPackage("org.atoll.drivers.hostfs..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "org.atoll.drivers.hostfs..",
                "org.atoll.libsys..",
                "org.atoll.abi..",
                "org.atoll.hypercall",
                "java..",
                "org.jspecify.."));
  }

  @Test
  void noServerReachesAnother() {
    check(
        slices()
            .matching("org.atoll.servers.(*)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true));
  }

  @Test
  void nothingUsesUserland() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "org.atoll.cli..",
                "org.atoll.boot..",
                "org.atoll.loader..",
                "org.atoll.control..",
                "org.atoll.programs..",
                "org.atoll.image..",
                "org.atoll.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.atoll.cli..",
                "org.atoll.boot..",
                "org.atoll.loader..",
                "org.atoll.control..",
                "org.atoll.programs..",
                "org.atoll.image..",
                "org.atoll.bench.."));
  }

  @Test
  void nettyIsInBacksAlone() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "org.atoll.drivers.link..", "org.atoll.drivers.net.netty..", "org.atoll.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty.."));
  }

  @Test
  void nothingIsStaticAndMutable() {
    check(fields().that().areStatic().and(areWrittenByHand()).should().beFinal());
  }

  @Test
  void aMessageCarriesWordsOnly() {
    check(
        fields()
            .that()
            .areDeclaredIn(Message.class)
            .and()
            .areNotStatic()
            .should()
            .haveRawType(primitive()));
  }

  @Test
  void clocksThreadsAndRandomnessAreInHostsAndBacksAlone() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .and()
            .doNotHaveFullyQualifiedName(AMBIENT)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat(ambient()));
  }

  @Test
  void nobodyUsesTheForeignLinker() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.lang\\.foreign\\.Linker.*"));
  }

  @Test
  void theInsidesOfTheJdkAreLeftAloneButForContinuations() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("org.atoll.hypercall.coroutine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.internal.."));
  }

  /** What only one of the two kinds of VOS has: hosts, transports, and the boots that name them. */
  @Test
  void theSimulationDiffersInHostAndTransportAlone() {
    String[] differing = {
      "org.atoll.hypercall.sim..", "org.atoll.hypercall.linux..", "org.atoll.drivers.link.."
    };
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(differing)
            .and()
            .resideOutsideOfPackage("org.atoll.boot.hosts..")
            .and()
            .resideOutsideOfPackage("org.atoll.boot.storm..")
            .and()
            .resideOutsideOfPackage("org.atoll.drivers.net.netty..")
            .and()
            .resideOutsideOfPackage("org.atoll.bench..")
            .and()
            .haveNameNotMatching(
                "org\\.atoll\\.boot\\.(LinuxVos|LinuxNode|NodeLinks|LinkQuantity|HostNet|Launcher"
                    + "|SignalledEnd|Companions|NodeProcess|Agent|Lodger|SimulatedVos|SteppedCpu"
                    + "|Swapper)"
                    + "(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(differing));
  }

  private void check(ArchRule rule) {
    rule.check(atoll);
  }

  private static DescribedPredicate<JavaField> areWrittenByHand() {
    return DescribedPredicate.describe(
        "are written by hand", f -> !f.getModifiers().contains(JavaModifier.SYNTHETIC));
  }

  private static DescribedPredicate<JavaClass> primitive() {
    return DescribedPredicate.describe("primitive", JavaClass::isPrimitive);
  }

  private static DescribedPredicate<JavaClass> ambient() {
    return DescribedPredicate.describe(
        "ambient time, chance, threads, files or sockets",
        c ->
            c.isEquivalentTo(Thread.class)
                || c.isEquivalentTo(ThreadLocal.class)
                || c.getName().equals("java.util.Random")
                || c.getName().equals("java.util.concurrent.ThreadLocalRandom")
                || c.getPackageName().equals("java.time")
                || c.getPackageName().startsWith("java.net")
                || c.getPackageName().startsWith("java.nio.file")
                || c.getPackageName().equals("java.security"));
  }
}
