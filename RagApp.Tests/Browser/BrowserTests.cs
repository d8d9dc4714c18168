using Microsoft.Playwright;
using RagApp.Tests.EndToEnd;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace RagApp.Tests.Browser;

/// <summary>
/// What the browser tests share: a page on the running system, the steps that many of them take, and a look
/// back at the end, since no test may leave an error in the console or send a request to another origin.
/// </summary>
public abstract class BrowserTests(RunningApp app, Chromium chromium) : IAsyncLifetime
{
    /// <summary>Longest wait in milliseconds for a document to become searchable, on a busy machine.</summary>
    private const int IndexingLimit = 120_000;

    private readonly List<string> _complaints = [];
    private readonly List<Uri> _requests = [];
    private IBrowserContext? _context;

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected IPage Page { get; private set; } = null!;

    protected Uri Gateway { get; private set; } = null!;

    protected ILocator Question => Page.GetByLabel("Your question");

    protected ILocator Answer => Page.Locator(".exchange").First;

    protected ILocator Documents => Page.Locator(".document");

    protected ILocator Reader => Page.Locator("dialog.reader");

    public async ValueTask InitializeAsync()
    {
        var browser = await chromium.BrowserAsync(Cancelled);
        Gateway = await app.GatewayAsync(Cancelled);
        _context = await browser.NewContextAsync();
        Page = await _context.NewPageAsync();
        Page.Console += (_, message) =>
        {
            // An answer with an error status is reported to the console by the browser itself.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                _complaints.Add(message.Text);
        };
        Page.PageError += (_, error) => _complaints.Add(error);
        Page.Request += (_, request) => _requests.Add(new Uri(request.Url));
        await Page.GotoAsync(Gateway.AbsoluteUri);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_context is null)
            return;
        await _context.DisposeAsync();
        _complaints.ShouldBeEmpty();
        _requests.Where(request => request.Scheme is not ("blob" or "data")).ShouldAllBe(request => request.Authority == Gateway.Authority);
    }

    protected async Task EnterAsync(string person)
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = person }).ClickAsync();
        await Expect(Question).ToBeVisibleAsync();
    }

    protected async Task AskAsync(string question)
    {
        await Question.FillAsync(question);
        await Question.PressAsync("Enter");
    }

    /// <summary>Uploads text as one file through the file dialog.</summary>
    protected async Task UploadAsync(string name, string text)
    {
        var dialog = await Page.RunAndWaitForFileChooserAsync(() => Page.GetByRole(AriaRole.Button, new() { Name = "Choose files" }).ClickAsync());
        await dialog.SetFilesAsync(new FilePayload { Name = name, MimeType = "text/markdown", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
    }

    protected ILocator DocumentAt(string path) => Documents.Filter(new() { HasText = path });

    protected Task WaitUntilIndexedAsync(string path) =>
        Expect(DocumentAt(path).GetByText("Indexed")).ToBeVisibleAsync(new() { Timeout = IndexingLimit });

    /// <summary>A word that no other document has, so that each test finds its own.</summary>
    protected static string UniqueWord() => "quill" + Guid.NewGuid().ToString("N")[..10];
}
