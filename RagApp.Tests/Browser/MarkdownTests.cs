using Microsoft.Playwright;
using RagApp.Contracts.Answers;
using RagApp.Gateway.Answers;
using RagApp.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace RagApp.Tests.Browser;

/// <summary>The page shows the answer of a chat model as what its Markdown means, and marks statements that no passage bears out.</summary>
public sealed class MarkdownTests(RunningApp app, Chromium chromium) : BrowserTests(app, chromium)
{
    private static readonly Citation Handbook = new(1, "0123456789abcdef0123456789abcdef", 1, 0, "Handbook", "handbook.md", "", Page: null, "Everyone has 28 days.");

    private ILocator Text => Answer.Locator(".answer");

    [Fact]
    public async Task Markdown_OfAModel_IsShownAsWhatItMeans()
    {
        await ShowAsync("## Holiday\n\nEveryone has **28 days** [1], *paid*, with `TimeOff`.\n\n1. Ask\n2. Wait [1]\n\n| Occasion | Days |\n|---|--:|\n| Wedding | 2 |\n\n```\nrun it\n```");

        await Expect(Text.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Holiday");
        await Expect(Text.Locator("strong")).ToHaveTextAsync("28 days");
        await Expect(Text.Locator("em")).ToHaveTextAsync("paid");
        await Expect(Text.Locator("p code")).ToHaveTextAsync("TimeOff");
        await Expect(Text.Locator("ol > li")).ToHaveTextAsync(["Ask", "Wait [1]"]);
        await Expect(Text.GetByRole(AriaRole.Columnheader)).ToHaveTextAsync(["Occasion", "Days"]);
        await Expect(Text.GetByRole(AriaRole.Cell)).ToHaveTextAsync(["Wedding", "2"]);
        await Expect(Text.Locator("pre")).ToHaveTextAsync("run it");
        await Expect(Text.Locator(".marker")).ToHaveCountAsync(2);
    }

    [Theory]
    [InlineData("See [the intranet](https://evil.example/login) [1]", "See the intranet (https://evil.example/login) [1]")]
    [InlineData("Press [1](https://evil.example) now [1]", "Press 1 (https://evil.example) now [1]")]
    [InlineData("Look ![at me](https://evil.example/p.png) [1]", "Look at me [1]")]
    [InlineData("<img src=x onerror=alert(1)> <a href='javascript:alert(1)'>a</a> [1]", "<img src=x onerror=alert(1)> <a href='javascript:alert(1)'>a</a> [1]")]
    [InlineData("<script>alert(1)</script>\n\n<b>Yes</b> [1]", "<script>alert(1)</script><b>Yes</b> [1]")]
    [InlineData("It is so [1]\n\n[1]: https://evil.example", "It is so [1][1]: https://evil.example")]
    [InlineData("https://evil.example/ and <https://evil.example/> [1]", "https://evil.example/ and https://evil.example/ [1]")]
    public async Task Markdown_WithLinksImagesOrHtml_IsTextWithNothingToFollow(string markdown, string expected)
    {
        await ShowAsync(markdown);

        await Expect(Text).ToHaveTextAsync(expected);
        (await Text.Locator("a, img, script, iframe, b, [href], [src], [onerror]").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Markdown_WhileItArrives_KeepsTheFocusOfAMarkerAndEndsAsIfWhole()
    {
        var outcome = await Page.EvaluateAsync<string[]>(
            """
            async () => {
              const { AnswerText } = await import('/js/answerText.js');
              const [pieces, whole] = [document.createElement('div'), document.createElement('div')];
              document.body.append(pieces, whole);
              const markdown = 'See [1] for **bold words** and\n\n- one [2]\n- two\n\n| A | B |\n|---|---|\n| 1 | 2 |\n';
              const arriving = new AnswerText(pieces, () => {});
              arriving.push(markdown.slice(0, 9));
              const marker = pieces.querySelector('.marker');
              marker.focus();
              for (const sign of markdown.slice(9)) arriving.push(sign);
              arriving.end();
              const at_once = new AnswerText(whole, () => {});
              at_once.push(markdown);
              at_once.end();
              return [String(document.activeElement === marker), pieces.innerHTML, whole.innerHTML];
            }
            """);

        outcome[0].ShouldBe("true");
        outcome[1].ShouldBe(outcome[2]);
        outcome[1].ShouldContain("<table");
    }

    [Fact]
    public async Task Statement_WhoseCitationDidNotHold_IsMarkedInItsPlaceWithTheReason()
    {
        await ShowAsync("Everyone has 28 days [1]. It is paid **twice** a year. Ask in time.", Lacking("It is paid **twice** a year.", "The passage does not have the word twice."));

        (await Text.Locator(".unsupported").AllTextContentsAsync()).ShouldBe(["It is paid ", "twice", " a year."]);
        await Expect(Text).ToContainTextAsync("a year. Not borne out by Handbook: The passage does not have the word twice. Ask in time.");
        await Expect(Answer.Locator(".note")).ToContainTextAsync("1 citation taken out, see the underlined statements.");
    }

    [Fact]
    public async Task Statement_ThatAnotherPassageSupports_IsNotMarked()
    {
        await ShowAsync("Everyone has 28 days [1].", Lacking("Everyone has 28 days", "The passage lacks 28."));

        await Expect(Answer.Locator(".note")).ToContainTextAsync("1 citation taken out: the passage does not say");
        await Expect(Text.Locator(".unsupported")).ToHaveCountAsync(0);
    }

    private static UnsupportedCitation Lacking(string statement, string reason) => new(Handbook.DocumentId, 0, "Handbook", statement, reason);

    /// <summary>Asks a question that a model answers with this text, a few letters at a time.</summary>
    private async Task ShowAsync(string markdown, params UnsupportedCitation[] unsupported)
    {
        await EnterAsync("demo-alice");
        await AnswerWithAsync(
        [
            .. markdown.Chunk(5).Select(piece => new AnswerEvent.Token(new string(piece))),
            new AnswerEvent.Cited(Handbook),
            new AnswerEvent.Done(new AnswerSummary("model", "llama3.2", Found: true, 3, 0, 900, 120, TraceId: null) { Unsupported = unsupported }),
        ]);
        await AskAsync("How much holiday do I get?");
        await Expect(Answer.Locator(".summary")).ToBeVisibleAsync();
    }
}
