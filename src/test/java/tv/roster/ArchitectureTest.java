package tv.roster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The arrows between the folders, as ARCHITECTURE.md draws them.
@AnalyzeClasses(packages = "tv.roster", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule foldersHaveNoCycles =
            slices().matching("tv.roster.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule jsonApiUsesNothingOfOurs = noClasses()
            .that()
            .resideInAPackage("tv.roster.jsonapi")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("tv.roster.jsonapi", "java..", "javax..", "tools.jackson..", "org.jspecify..");

    @ArchTest
    static final ArchRule httpKnowsNoFeature = noClasses()
            .that()
            .resideInAPackage("tv.roster.http")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "tv.roster.(access|activation|apikeys|cli|credentials|events|idempotency|mail|metrics|pages|profiles|tenants|users)..");

    @ArchTest
    static final ArchRule databaseKnowsNoFeature = noClasses()
            .that()
            .resideInAPackage("tv.roster.database")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tv.roster.(access|users|profiles|tenants|idempotency|events|credentials|http)..");

    @ArchTest
    static final ArchRule onlyTablesAndDatabaseSeeTheSqlClient = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Table")
            .and()
            .resideOutsideOfPackages("tv.roster.database", "tv.roster.eventloop")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "java.sql..");

    @ArchTest
    static final ArchRule commandsSpeakHttpAlone = noClasses()
            .that()
            .resideInAPackage("tv.roster.cli")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "tv.roster.cli",
                    "tv.roster.allowlist",
                    "tv.roster.jsonapi",
                    "java..",
                    "javax..",
                    "picocli..",
                    "tools.jackson..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule onlyTheMailerSeesTheMailLibrary = noClasses()
            .that()
            .resideOutsideOfPackage("tv.roster.mail")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus..");

    @ArchTest
    static final ArchRule languagesAndTemplatesUseNothingOfOurs = noClasses()
            .that()
            .resideInAnyPackage("tv.roster.languages", "tv.roster.templates")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "tv.roster.(access|activation|credentials|database|events|http|jsonapi|mail|pages|users)..");

    @ArchTest
    static final ArchRule onlyHttpDatabaseAndEventLoopsSeeTheNetworkLibrary = noClasses()
            .that()
            .resideOutsideOfPackages("tv.roster.http", "tv.roster.eventloop", "tv.roster.database")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule eventLoopsUseNothingOfOurs = noClasses()
            .that()
            .resideInAPackage("tv.roster.eventloop")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("tv.roster..")
                    .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("tv.roster.eventloop"))));
}
