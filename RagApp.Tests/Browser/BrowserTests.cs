using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;
using RagApp.Contracts;
using RagApp.Gateway.Answers;
using RagApp.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace RagApp.Tests.Browser;

/// <summary>
/// Base class of the browser tests: a page on the running system and the common steps. After each test it checks that the
/// console shows no error and that no request went to another origin.
/// </summary>
public abstract class BrowserTests(RunningApp app, Chromium chromium) : IAsyncLifetime
{
    protected const string AnswersPath = "**/v1/answers";

    /// <summary>Time in milliseconds that a document may take to become searchable on a busy machine.</summary>
    private const int IndexingLimit = 120_000;

    private readonly List<string> _complaints = [];
    private readonly List<Uri> _requests = [];
    private IBrowserContext? _context;

    protected IPage Page { get; private set; } = null!;

    protected Uri Gateway { get; private set; } = null!;

    protected ILocator Question => Page.GetByLabel("Your question");

    protected ILocator Answer => Page.Locator(".exchange").First;

    protected ILocator Documents => Page.Locator(".document");

    protected ILocator Reader => Page.Locator("dialog.reader");

    public async ValueTask InitializeAsync()
    {
        var browser = await chromium.BrowserAsync(Cancellation);
        Gateway = await app.GatewayAsync(Cancellation);
        _context = await browser.NewContextAsync();
        Page = await _context.NewPageAsync();
        Page.Console += (_, message) =>
        {
            // The browser itself logs a console error for every response with an error status; such errors do not count.
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

    /// <summary>Lets the page receive this response to its questions, in place of the gateway's.</summary>
    protected Task AnswerWithAsync(int status, string contentType, string body) =>
        Page.RouteAsync(AnswersPath, route => route.FulfillAsync(new() { Status = status, ContentType = contentType, Body = body }));

    /// <summary>Lets the page receive these events as the answer to its questions.</summary>
    private protected Task AnswerWithAsync(params IEnumerable<AnswerEvent> events) => AnswerWithAsync(200, "text/event-stream", string.Concat(events.Select(Format)));

    private static string Format(AnswerEvent next) => next switch
    {
        AnswerEvent.Progress progress => Format("progress", JsonSerializer.Serialize(progress.What, ContractsJson.Default.AnswerProgress)),
        AnswerEvent.Token token => Format("token", JsonSerializer.Serialize(new(token.Text), ContractsJson.Default.AnswerToken)),
        AnswerEvent.Cited cited => Format("citation", JsonSerializer.Serialize(cited.Citation, ContractsJson.Default.Citation)),
        AnswerEvent.Done done => Format("done", JsonSerializer.Serialize(done.Summary, ContractsJson.Default.AnswerSummary)),
        _ => throw new UnreachableException(),
    };

    private static string Format(string name, string data) => $"event: {name}\ndata: {data}\n\n";

    /// <summary>Uploads a text as one file through the file dialog.</summary>
    protected async Task UploadAsync(string name, string text)
    {
        var dialog = await Page.RunAndWaitForFileChooserAsync(() => Page.GetByRole(AriaRole.Button, new() { Name = "Choose files" }).ClickAsync());
        await dialog.SetFilesAsync(new FilePayload { Name = name, MimeType = "text/markdown", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
    }

    protected ILocator DocumentAt(string path) => Documents.Filter(new() { HasText = path });

    protected Task WaitUntilIndexedAsync(string path) =>
        Expect(DocumentAt(path).GetByText("Indexed")).ToBeVisibleAsync(new() { Timeout = IndexingLimit });

    /// <summary>A word that no other document contains, so that a test finds only its own document.</summary>
    protected static string UniqueWord() => "quill" + Guid.NewGuid().ToString("N")[..10];
}
