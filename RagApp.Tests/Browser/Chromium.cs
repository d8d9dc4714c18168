using Microsoft.Playwright;
using RagApp.Tests.Browser;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace RagApp.Tests.Browser;

/// <summary>
/// The browser that all browser tests share. The first test that needs it starts it; on a machine without a browser the tests
/// are skipped.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";

    /// <summary>Time in milliseconds that an expected element may take to appear; long, because several tests run on the machine.</summary>
    private const int ExpectLimit = 30_000;

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly SemaphoreSlim _starting = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async Task<IBrowser> BrowserAsync(CancellationToken cancellationToken)
    {
        Assert.SkipUnless(File.Exists(Executable), $"No browser here: {Executable} is missing (Debian: apt-get install chromium).");
        await _starting.WaitAsync(cancellationToken);
        try
        {
            _playwright ??= await StartDriverAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Arguments });
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _starting.Dispose();
    }

    private static async Task<IPlaywright> StartDriverAsync()
    {
        try
        {
            Assertions.SetDefaultExpectTimeout(ExpectLimit);
            return await Playwright.CreateAsync();
        }
        catch (PlaywrightException missing)
        {
            Assert.Skip($"Playwright's driver does not run here: {missing.Message}");
            throw;
        }
    }
}
