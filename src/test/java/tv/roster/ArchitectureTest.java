package tv.roster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import tv.roster.platform.problems.Source;
import tv.roster.testing.Doorplates;

/// The arrows between the rooms (packages), as ARCHITECTURE.md draws them.
@AnalyzeClasses(packages = "tv.roster", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule roomsHaveNoCycles =
            slices().matching("tv.roster.(**)").should().beFreeOfCycles();

    /// Each `package-info.java` names the rooms that its room may use.
    @ArchTest
    static final ArchRule roomsUseWhatTheirDoorplateSays =
            classes().that().resideInAPackage("tv.roster.(**)").should(Doorplates.areObeyed());

    @ArchTest
    static final ArchRule platformAndValuesKnowNoFeature = noClasses()
            .that()
            .resideInAnyPackage("tv.roster.platform..", "tv.roster.values..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "tv.roster",
                    "tv.roster.(access|activation|agents|apikeys|cli|console|credentials|docs|events|exports|idempotency|installation|operations|profiles|settings|tenants|users|webhooks|work)..");

    /// Rules and SQL know no door: what reads a request or writes a response is named so.
    @ArchTest
    static final ArchRule onlyDoorsSeeHttpAndJsonApi = noClasses()
            .that()
            .resideInAnyPackage(
                    "tv.roster.(activation|apikeys|credentials|events|exports|installation|operations|profiles|tenants|users|webhooks|work)..")
            .and()
            .haveNameNotMatching(".*(Api|Reader|Resource|ResourceLinks|Pages|View)([$].*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tv.roster.platform.http..", "tv.roster.platform.jsonapi..");

    @ArchTest
    static final ArchRule rulesNameNoPointers = noClasses()
            .that()
            .resideInAnyPackage(
                    "tv.roster.(activation|apikeys|credentials|events|exports|installation|operations|profiles|tenants|users|webhooks|work)..")
            .and()
            .haveNameNotMatching(".*(Api|Reader|Resource)([$].*)?")
            .should()
            .callMethod(Source.class, "pointer", String.class)
            .orShould()
            .callMethod(Source.class, "header", String.class);

    @ArchTest
    static final ArchRule onlyTablesAndDatabaseSeeTheSqlClient = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Table")
            .and()
            .resideOutsideOfPackages(
                    "tv.roster.platform.database..", "tv.roster.platform.sql", "tv.roster.platform.eventloop")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "java.sql..");

    @ArchTest
    static final ArchRule onlyTheMailerSeesTheMailLibrary = noClasses()
            .that()
            .resideOutsideOfPackage("tv.roster.platform.mail")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus..");

    @ArchTest
    static final ArchRule onlyThePlatformSeesTheNetworkLibrary = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "tv.roster.platform.http..",
                    "tv.roster.platform.outgoing",
                    "tv.roster.platform.eventloop",
                    "tv.roster.platform.database..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");
}
