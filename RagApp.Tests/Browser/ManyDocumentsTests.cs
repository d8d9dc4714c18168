using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using RagApp.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace RagApp.Tests.Browser;

/// <summary>
/// Lists of thousands of documents, and documents inside documents. The test generates the server's responses, so that nothing
/// has to be indexed.
/// </summary>
public sealed class ManyDocumentsTests(RunningApp app, Chromium chromium) : BrowserTests(app, chromium)
{
    private const string UploadPath = "**/v1/documents";

    /// <summary>Most rows that one change of the page may add: a page freezes while it adds thousands.</summary>
    private const int MostRows = 120;

    /// <summary>Script that records, from now on, the largest number of rows that one change of the page has added.</summary>
    private const string CountAddedRows =
        """
        () => {
          window.mostRows = 0;
          const rows = ".document, .upload";
          const rowsIn = node => node instanceof Element ? node.querySelectorAll(rows).length + (node.matches(rows) ? 1 : 0) : 0;
          new MutationObserver(changes => {
            const added = changes.flatMap(change => [...change.addedNodes]).reduce((sum, node) => sum + rowsIn(node), 0);
            window.mostRows = Math.max(window.mostRows, added);
          }).observe(document.body, { childList: true, subtree: true });
        }
        """;

    [Fact]
    public async Task List_DocumentsInsideAnother_OpensUnderItWithTheKeyboard()
    {
        await ListAsync(Entry("a.md"), Entry("mail.eml", children: 2), Entry("mail.eml/notes.md", "mail.eml"),
            Entry("mail.eml/plan.zip", "mail.eml", children: 1), Entry("mail.eml/plan.zip/broken.pdf", "mail.eml/plan.zip", status: "failed"), Entry("z.md"));
        await EnterAsync("demo-alice");
        await Expect(Documents).ToHaveCountAsync(3);
        var inside = Page.GetByRole(AriaRole.Button, new() { Name = "3 documents inside, 1 failed" });
        await Expect(inside).ToHaveAttributeAsync("aria-expanded", "false");

        await inside.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");

        await Expect(inside).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(inside).ToBeFocusedAsync();
        await Expect(Page.GetByRole(AriaRole.List, new() { Name = "In mail.eml", Exact = true }).Locator("> .document")).ToHaveCountAsync(2);
        await Page.GetByRole(AriaRole.Button, new() { Name = "1 document inside, 1 failed" }).PressAsync("Space");
        await Expect(Page.Locator(".document .document .document")).ToContainTextAsync("broken.pdf");

        await inside.PressAsync("Enter");
        await Expect(Page.Locator(".document:visible")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task List_ChangesWhileOneIsOpen_KeepsItOpenAndTheFocus()
    {
        var listed = new List<object> { Entry("a.md"), Entry("mail.eml", children: 1), Entry("mail.eml/notes.md", "mail.eml", "queued") };
        await ListAsync(() => listed);
        await EnterAsync("demo-alice");
        var inside = Page.GetByRole(AriaRole.Button, new() { Name = "1 document inside, 1 in progress" });
        await inside.PressAsync("Enter");

        listed = [Entry("mail.eml", children: 1), Entry("mail.eml/notes.md", "mail.eml")];

        var finished = Page.GetByRole(AriaRole.Button, new() { Name = "1 document inside", Exact = true });
        await Expect(finished).ToBeFocusedAsync();
        await Expect(finished).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(DocumentAt("a.md")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Delete_WithDocumentsInside_TakesThemAlong()
    {
        var listed = new List<object> { Entry("mail.eml", children: 1), Entry("mail.eml/notes.md", "mail.eml"), Entry("z.md") };
        await ListAsync(() => listed);
        await Page.RouteAsync("**/v1/documents/mail.eml", route =>
        {
            listed = [Entry("z.md")];
            return route.FulfillAsync(new() { Status = 204 });
        });
        await EnterAsync("demo-alice");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Delete mail.eml" }).ClickAsync();
        await Expect(Page.Locator("dialog[open]")).ToContainTextAsync("and what is inside");
        await Page.Locator("dialog[open]").GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();

        await Expect(Documents).ToHaveCountAsync(1);
        await Expect(DocumentAt("z.md")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task List_HeldBackWithFindings_SaysWhatAndWhere()
    {
        var finding = new { detector = "payment-card", action = "quarantine", count = 3, pages = (int[])[2, 5], inName = true };
        await ListAsync(new
        {
            id = "cards", path = "cards.pdf", title = "Cards", version = 1, status = "quarantined", reason = "It holds payment cards. Ask whoever runs this system.",
            warnings = (string[])[], done = 0, total = 0, size = 1200, access = (string[])["user:demo-alice"], uploadedBy = "demo-alice",
            children = 0, tags = (string[])["dlp:payment-card"], findings = new[] { finding },
        });

        await EnterAsync("demo-alice");

        await Expect(DocumentAt("Cards")).ToContainTextAsync("Held back");
        await Expect(DocumentAt("Cards")).ToContainTextAsync("Ask whoever runs this system.");
        await Expect(DocumentAt("Cards").GetByRole(AriaRole.Listitem)).ToHaveTextAsync(["payment card × 3 · pages 2, 5 · in the name"]);
    }

    [Fact]
    public async Task List_OfThousands_ShowsAHundredAtATime()
    {
        await ListAsync([.. Enumerable.Range(0, 2_000).Select(number => Entry(string.Create(CultureInfo.InvariantCulture, $"{number:d4}.md")))]);
        await Page.EvaluateAsync(CountAddedRows);
        await EnterAsync("demo-alice");
        await Expect(Documents).ToHaveCountAsync(100);
        var more = Page.GetByRole(AriaRole.Button, new() { Name = "Show more", Exact = true });

        for (var shown = 200; shown <= 600; shown += 100)
        {
            await more.ClickAsync();
            await Expect(Documents).ToHaveCountAsync(shown);
        }

        await Expect(Documents.Last).ToContainTextAsync("0599.md");
        (await Page.EvaluateAsync<int>("mostRows")).ShouldBeInRange(1, MostRows);
    }

    [Fact]
    public async Task Upload_FolderOfThousands_StaysResponsiveInOneSummary()
    {
        await ListAsync();
        await Page.RouteAsync(UploadPath, AcceptAsync);
        await EnterAsync("demo-alice");
        await Page.EvaluateAsync(CountAddedRows);

        var dialog = await Page.RunAndWaitForFileChooserAsync(() => Page.GetByRole(AriaRole.Button, new() { Name = "Choose files" }).ClickAsync());
        await dialog.SetFilesAsync(Enumerable.Range(0, 1_000).Select(number => new FilePayload { Name = $"{number}.md", MimeType = "text/markdown", Buffer = [35] }));
        await Expect(Page.Locator(".uploads-headline")).ToContainTextAsync("of 1000 files");
        (await Page.Locator(".upload").CountAsync()).ShouldBeLessThan(30);
        await Question.FillAsync("Still there?");

        await Expect(Page.Locator(".uploads-headline")).ToHaveTextAsync("Uploaded 1000 of 1000 files · 1000 indexed", new() { Timeout = 120_000 });
        (await Documents.CountAsync()).ShouldBeLessThanOrEqualTo(120);
        (await Page.EvaluateAsync<int>("mostRows")).ShouldBeInRange(1, MostRows);
    }

    private Task ListAsync(params object[] documents) => ListAsync(() => [.. documents]);

    /// <summary>Serves the document list page by page, without an event feed.</summary>
    private async Task ListAsync(Func<List<object>> documents)
    {
        await Page.RouteAsync("**/v1/documents/events", route => route.FulfillAsync(new() { Status = 503 }));
        await Page.RouteAsync("**/v1/documents?*", route =>
        {
            var query = System.Web.HttpUtility.ParseQueryString(new Uri(route.Request.Url).Query);
            var all = documents();
            var from = int.Parse(query["after"] ?? "0", CultureInfo.InvariantCulture);
            var to = Math.Min(from + int.Parse(query["limit"]!, CultureInfo.InvariantCulture), all.Count);
            var next = to < all.Count ? to.ToString(CultureInfo.InvariantCulture) : null;
            return FulfillAsync(route, new { documents = all[from..to], next });
        });
    }

    private static int s_accepted;

    private static Task AcceptAsync(IRoute route) =>
        FulfillAsync(route, Entry(string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref s_accepted):d5}.md")));

    private static Task FulfillAsync(IRoute route, object answer) =>
        route.FulfillAsync(new() { ContentType = "application/json", Body = JsonSerializer.Serialize(answer) });

    private static object Entry(string path, string? parentId = null, string status = "indexed", int children = 0) => new
    {
        id = path, path, title = path.Split('/')[^1], version = 1, status, searchableVersion = 1, warnings = (string[])[],
        done = 1, total = 200, size = 1200, access = (string[])["user:demo-alice"], uploadedBy = "demo-alice", parentId, children,
    };
}
