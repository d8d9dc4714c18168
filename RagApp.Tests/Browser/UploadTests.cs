using Microsoft.Playwright;
using RagApp.Tests.EndToEnd;
using RagApp.Tests.TestServices;
using static Microsoft.Playwright.Assertions;

namespace RagApp.Tests.Browser;

public sealed class UploadTests(RunningApp app, Chromium chromium) : BrowserTests(app, chromium)
{
    private const string UploadPath = "**/v1/documents";

    private ILocator Sharing => Page.GetByRole(AriaRole.Dialog, new() { Name = "Who may read it?" });

    private ILocator AccessList => Sharing.GetByLabel("Who may read it, one a line");

    [Fact]
    public async Task Upload_WithTheFeed_ShowsTheEndWithoutAskingAgainAndAgain()
    {
        await EnterAsync("demo-alice");
        await Expect(Documents.First).ToBeVisibleAsync();
        var asked = 0;
        Page.Request += (_, request) => asked += request.Url.Contains("/v1/documents?", StringComparison.Ordinal) ? 1 : 0;
        var name = UniqueWord() + ".md";

        await UploadAsync(name, "# Ferry\n\nThe ferry leaves at nine.");
        await WaitUntilIndexedAsync(name);

        await Expect(Page.Locator(".uploads-headline")).ToHaveTextAsync("Uploaded 1 of 1 file · 1 indexed");
        asked.ShouldBeLessThanOrEqualTo(1, "the feed tells what happens");
    }

    [Fact]
    public async Task Share_AnotherChoice_ChangesWhoMayRead()
    {
        await EnterAsync("demo-alice");
        var name = UniqueWord() + ".md";
        await UploadAsync(name, "# Ferry\n\nThe ferry leaves at nine.");
        await WaitUntilIndexedAsync(name);
        await Expect(DocumentAt(name)).ToContainTextAsync("only you");

        await DocumentAt(name).GetByRole(AriaRole.Button, new() { Name = "Share" }).ClickAsync();
        await Sharing.GetByRole(AriaRole.Button, new() { Name = "Everyone in acme" }).ClickAsync();
        await Sharing.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();

        await Expect(DocumentAt(name)).ToContainTextAsync("everyone in acme");
    }

    [Fact]
    public async Task Share_WithoutOneself_AsksFirstAndTheDocumentStaysInTheList()
    {
        await EnterAsync("demo-alice");
        var name = UniqueWord() + ".md";
        await UploadAsync(name, "The quetzal note.");
        await WaitUntilIndexedAsync(name);

        await DocumentAt(name).GetByRole(AriaRole.Button, new() { Name = "Share" }).ClickAsync();
        await AccessList.FillAsync("user:demo-bob");
        await Sharing.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        await Expect(Sharing.GetByRole(AriaRole.Alert)).ToContainTextAsync("you could not read the document yourself any more");
        await Sharing.GetByRole(AriaRole.Button, new() { Name = "Change all the same" }).ClickAsync();

        await Expect(Sharing).ToBeHiddenAsync();
        await Expect(DocumentAt(name)).ToContainTextAsync("demo-bob");
    }

    [Fact]
    public async Task Share_MixedList_StaysEditableAndSaysWhatIsWrongInTheDialog()
    {
        await EnterAsync("demo-alice");
        var name = UniqueWord() + ".md";
        await UploadAsync(name, "# Ferry\n\nThe ferry leaves at nine.");
        await WaitUntilIndexedAsync(name);
        await ShareAsync(name, "user:demo-alice\ngroup:finance\nuser:demo-bob");
        await Expect(DocumentAt(name)).ToContainTextAsync("finance, demo-bob");

        await DocumentAt(name).GetByRole(AriaRole.Button, new() { Name = "Share" }).ClickAsync();
        await Expect(AccessList).ToHaveValueAsync("group:finance\nuser:demo-alice\nuser:demo-bob");
        await AccessList.FillAsync("group:finance\nuser:demo-alice\nbob");
        await Sharing.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();

        await Expect(Sharing.GetByRole(AriaRole.Alert)).ToContainTextAsync("'bob' is no access entry");
        await Expect(AccessList).ToHaveValueAsync("group:finance\nuser:demo-alice\nbob");
        await Sharing.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(DocumentAt(name)).ToContainTextAsync("finance, demo-bob");
    }

    [Fact]
    public async Task Upload_WithoutTheFeed_IsFollowedByAsking()
    {
        await Page.RouteAsync("**/v1/documents/events", route => route.FulfillAsync(new() { Status = 503 }));
        await EnterAsync("demo-alice");
        var name = UniqueWord() + ".md";

        await UploadAsync(name, "# Ferry\n\nThe ferry leaves at nine.");

        await WaitUntilIndexedAsync(name);
    }

    [Fact]
    public async Task Upload_HostileFileName_IsShownAsText()
    {
        const string name = "<img src=x onerror=alert(1)>.md";
        var dialogs = 0;
        Page.Dialog += async (_, dialog) => { dialogs++; await dialog.DismissAsync(); };
        await EnterAsync("demo-alice");

        await UploadAsync(name, "Nothing to see here.");

        await WaitUntilIndexedAsync(name);
        await Expect(Page.Locator("main img")).ToHaveCountAsync(0);
        dialogs.ShouldBe(0);
    }

    [Fact]
    public async Task Upload_Folder_KeepsPathsAndSkipsHiddenFiles()
    {
        using var folder = new TemporaryFolder();
        var root = Directory.CreateDirectory(Path.Combine(folder.Path, UniqueWord()));
        var inner = root.CreateSubdirectory("rules");
        await File.WriteAllTextAsync(Path.Combine(inner.FullName, "leave.md"), "# Leave\n\nThirty days.", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(inner.FullName, ".DS_Store"), "no document", Cancellation);
        await EnterAsync("demo-bob");
        await Page.GetByLabel("Who may read what you add").SelectOptionAsync("group:engineering");

        var dialog = await Page.RunAndWaitForFileChooserAsync(() => Page.GetByRole(AriaRole.Button, new() { Name = "Choose a folder" }).ClickAsync());
        await dialog.SetFilesAsync(root.FullName);

        await Expect(Page.GetByText("Uploaded 1 of 1 file").First).ToBeVisibleAsync();
        await Expect(DocumentAt($"{root.Name}/rules/leave.md")).ToContainTextAsync("engineering");
    }

    [Fact]
    public async Task Upload_TooManyRequests_WaitsAsToldAndGoesOn()
    {
        var name = UniqueWord() + ".md";
        var refused = 0;
        await Page.RouteAsync(UploadPath, route => route.Request.Method == "POST" && Interlocked.Increment(ref refused) == 1
            ? route.FulfillAsync(new() { Status = 429, Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } })
            : route.ContinueAsync());
        await EnterAsync("demo-alice");

        await UploadAsync(name, "# Patience\n\nGood things come to those who wait.");

        await Expect(Page.GetByText("The server asked to wait.")).ToBeVisibleAsync();
        await WaitUntilIndexedAsync(name);
        refused.ShouldBe(2);
    }

    [Fact]
    public async Task Upload_Refused_ShowsTheReasonAndCanBeRetried()
    {
        var name = UniqueWord() + ".md";
        var tries = 0;
        await Page.RouteAsync(UploadPath, route => route.Request.Method == "POST" && Interlocked.Increment(ref tries) == 1
            ? route.FulfillAsync(new() { Status = 413, ContentType = "application/problem+json", Body = """{"status":413,"detail":"The file is too large."}""" })
            : route.ContinueAsync());
        await EnterAsync("demo-alice");

        await UploadAsync(name, "# Large\n\nNot really.");
        await Expect(Page.Locator(".upload-reason")).ToHaveTextAsync("The file is too large.");
        await Page.GetByRole(AriaRole.Button, new() { Name = $"Retry {name}" }).ClickAsync();

        await WaitUntilIndexedAsync(name);
    }

    [Fact]
    public async Task Upload_ManyFiles_SendsThreeAtOnce()
    {
        var held = new List<IRoute>();
        var three = new TaskCompletionSource();
        await Page.RouteAsync(UploadPath, async route =>
        {
            if (route.Request.Method != "POST")
            {
                await route.ContinueAsync();
                return;
            }
            held.Add(route);
            if (held.Count == 3)
                three.SetResult();
        });
        await EnterAsync("demo-alice");

        var dialog = await Page.RunAndWaitForFileChooserAsync(() => Page.GetByRole(AriaRole.Button, new() { Name = "Choose files" }).ClickAsync());
        await dialog.SetFilesAsync(Enumerable.Range(0, 240).Select(number => new FilePayload { Name = $"{number}.md", MimeType = "text/markdown", Buffer = [] }));

        await three.Task.WaitAsync(Cancellation);
        await Expect(Page.GetByText("and 234 more waiting")).ToBeVisibleAsync();
        held.Count.ShouldBe(3);

        await Page.GetByRole(AriaRole.Button, new() { Name = "Cancel all" }).ClickAsync();

        await Expect(Page.Locator(".uploads-headline")).ToHaveTextAsync("Uploaded 0 of 240 files · 240 cancelled");
        held.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Delete_Confirmed_RemovesTheDocument()
    {
        var name = UniqueWord() + ".md";
        await EnterAsync("demo-alice");
        await UploadAsync(name, "# Gone\n\nSoon.");
        await WaitUntilIndexedAsync(name);
        var confirm = Page.Locator("dialog.confirm");

        await DocumentAt(name).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await confirm.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
        await Expect(DocumentAt(name)).ToHaveCountAsync(1);

        await DocumentAt(name).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await confirm.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(DocumentAt(name)).ToHaveCountAsync(0);
    }

    private async Task ShareAsync(string name, string access)
    {
        await DocumentAt(name).GetByRole(AriaRole.Button, new() { Name = "Share" }).ClickAsync();
        await AccessList.FillAsync(access);
        await Sharing.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        await Expect(Sharing).ToBeHiddenAsync();
    }
}
