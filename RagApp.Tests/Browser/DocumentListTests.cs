using Microsoft.Playwright;
using RagApp.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace RagApp.Tests.Browser;

/// <summary>Filtering and sorting the document list, on the running system.</summary>
public sealed class DocumentListTests(RunningApp app, Chromium chromium) : BrowserTests(app, chromium)
{
    private ILocator Find => Page.GetByLabel("Title or path");

    private ILocator State => Page.GetByLabel("State");

    private ILocator Order => Page.GetByLabel("Order");

    [Fact]
    public async Task Find_PartOfANameThenAState_ListsOnlyThose()
    {
        var word = UniqueWord();
        await EnterAsync("demo-alice");
        await UploadAsync($"{word}-good.md", "# Good\n\nThe menu.");
        await UploadAsync($"{word}-empty.html", "<html><body> </body></html>");
        await WaitUntilIndexedAsync($"{word}-good.md");
        await Expect(DocumentAt($"{word}-empty.html").GetByText("Empty", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = 120_000 });

        await Find.FillAsync(word.ToUpperInvariant());
        await Expect(Documents).ToHaveCountAsync(2);
        await Expect(Page.Locator("#announcer")).ToContainTextAsync("2 documents listed.");
        await State.SelectOptionAsync("To check");
        await Expect(Documents).ToHaveCountAsync(1);
        await Expect(Documents).ToContainTextAsync($"{word}-empty.html");

        await State.SelectOptionAsync("Any state");
        await Find.FillAsync(word + "nothing");
        await Expect(Page.GetByText("No document matches.").First).ToBeVisibleAsync();
        await Find.FillAsync("");
        await Expect(DocumentAt($"{word}-good.md")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Order_ByNameAndSize_IsTheServers()
    {
        var word = UniqueWord();
        await EnterAsync("demo-alice");
        foreach (var (name, length) in new[] { ("a", 200), ("b", 30), ("c", 900) })
        {
            await UploadAsync($"{word}-{name}.md", new string('x', length));
            await WaitUntilIndexedAsync($"{word}-{name}.md"); // the page uploads several files at once, and "newest" is the order of their arrival
        }

        await Find.FillAsync(word);
        await Expect(Documents).ToHaveCountAsync(3);

        await ShouldListAsync(word, "a", "b", "c");
        await Order.SelectOptionAsync("Name, Z to A");
        await ShouldListAsync(word, "c", "b", "a");
        await Order.SelectOptionAsync("Largest first");
        await ShouldListAsync(word, "c", "a", "b");
        await Order.SelectOptionAsync("Smallest first");
        await ShouldListAsync(word, "b", "a", "c");
        await Order.SelectOptionAsync("Newest first");
        await ShouldListAsync(word, "c", "b", "a");
    }

    private Task ShouldListAsync(string word, params string[] names) =>
        Expect(Documents).ToContainTextAsync(names.Select(name => $"{word}-{name}.md"));
}
