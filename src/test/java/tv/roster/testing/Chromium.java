package tv.roster.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The system's own Chromium, without a window. Each instance belongs to one thread.
public final class Chromium implements AutoCloseable {
    private final Playwright playwright;
    private final Browser browser;

    /// Skips the test where there is no Chromium, but for CI.
    public Chromium() {
        Path program = Program.demand("chromium");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
    }

    /// A window of its own, with nothing kept from others; `width` in CSS pixels.
    public BrowserContext window(int width) {
        return patient(browser.newContext(new Browser.NewContextOptions().setViewportSize(width, 900)));
    }

    /// The same with the person's preference for light or dark pages.
    public BrowserContext window(int width, ColorScheme scheme) {
        return patient(browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme)));
    }

    private static BrowserContext patient(BrowserContext window) {
        window.setDefaultTimeout((double) Patience.LIMIT.toMillis());
        return window;
    }

    /// A window of a desk as it is on every machine: by daylight, with the language and the time of London.
    public BrowserContext desk(int width, int height) {
        return patient(browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(ColorScheme.LIGHT)
                .setLocale("en-GB")
                .setTimezoneId("Europe/London")));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
