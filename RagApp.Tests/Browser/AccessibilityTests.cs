using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RagApp.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace RagApp.Tests.Browser;

public sealed partial class AccessibilityTests(RunningApp app, Chromium chromium) : BrowserTests(app, chromium)
{
    /// <summary>
    /// Script that computes the contrast ratio (WCAG 2.2, 1.4.3) between each visible text and the nearest opaque background
    /// behind it, and returns the texts below 4.5.
    /// </summary>
    private const string LowContrast =
        """
        () => {
          const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
          const rgba = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
          const linear = (part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
          const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
          const background = (element) => {
            for (let each = element; each; each = each.parentElement) {
              const color = rgba(getComputedStyle(each).backgroundColor);
              if (color[3] === 255) return color;
            }
            return rgba('white');
          };
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const found = [];
          for (let text = texts.nextNode(); text; text = texts.nextNode()) {
            const element = text.parentElement;
            if (!text.data.trim() || !element.checkVisibility() || element.closest('.visually-hidden, .skip, option, :disabled')) continue;
            const [a, b] = [luminance(rgba(getComputedStyle(element).color)), luminance(background(element))];
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${text.data.trim()}`);
          }
          return found;
        }
        """;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Page_InEveryState_HasReadableContrast(ColorScheme scheme)
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        (await Page.EvaluateAsync<string[]>(LowContrast)).ShouldBeEmpty();

        await EnterAsync("demo-alice");
        await ShowEverythingAsync();

        (await Page.EvaluateAsync<string[]>(LowContrast)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Page_InEveryState_NamesEveryControlAndLandmark()
    {
        await EnterAsync("demo-alice");
        await ShowEverythingAsync();

        // In the snapshot, a control without a name is a line with only its role: "- button".
        var tree = await Page.Locator("body").AriaSnapshotAsync();

        NamelessControl().Matches(tree).Select(match => match.Value).ShouldBeEmpty();
        foreach (var landmark in (string[])["banner", "main", "contentinfo", "region \"Documents\"", "navigation \"More\""])
            tree.ShouldContain(landmark);
        (await Page.Locator("h1").CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Answer_Streamed_IsAnnouncedInSentences()
    {
        await EnterAsync("demo-alice");

        await ShowEverythingAsync();

        var announcements = Page.GetByRole(AriaRole.Log);
        await Expect(announcements).ToContainTextAsync("The ferry leaves at nine.");
        await Expect(announcements).ToContainTextAsync("Answer complete, 2 sources.");
        (await Page.Locator(".answer[aria-live]").CountAsync()).ShouldBe(0, "each token would be read aloud");
    }

    [Theory]
    [InlineData(320)]
    [InlineData(640)]
    [InlineData(1280)]
    public async Task Page_AtAnyWidth_NeverScrollsSideways(int width)
    {
        await Page.SetViewportSizeAsync(width, 700);
        await EnterAsync("demo-alice");

        await ShowEverythingAsync();

        (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
    }

    [Fact]
    public async Task Page_FocusedControls_ShowAnOutline()
    {
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.PressAsync("Tab");

        (await Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle")).ShouldBe("solid");
    }

    /// <summary>Fills the page with an answer that has everything an answer can have, a failed answer, and documents in every status.</summary>
    private async Task ShowEverythingAsync()
    {
        await Page.RouteAsync("**/v1/documents/events", route => route.FulfillAsync(new() { Status = 503 }));
        await Page.RouteAsync("**/v1/documents?*", route => route.FulfillAsync(new() { ContentType = "application/json", Body = Listing }));
        await Page.RouteAsync("**/v1/answers", route => route.FulfillAsync(new() { ContentType = "text/event-stream", Body = $"{AnswerEvents}\n" }));
        await Page.ReloadAsync();
        await AskAsync("When does the ferry leave?");
        await Expect(Answer.Locator(".summary")).ToBeVisibleAsync();
        await Page.RouteAsync("**/v1/answers", route => route.FulfillAsync(new() { Status = 503, ContentType = "application/problem+json", Body = """{"detail":"Busy.","traceId":"00f067aa"}""" }));
        await AskAsync("And when does it come back?");
        await Expect(Answer.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(Documents).ToHaveCountAsync(8);
    }

    private static string Listing { get; } =
        $$"""{"documents":[{{string.Join(',', ((string[])["queued", "parsing", "chunking", "embedding", "indexed", "empty", "failed", "quarantined"]).Select(Document))}}]}""";

    private const string AnswerEvents =
        """
        event: token
        data: {"text":"The ferry leaves at nine. [1]"}

        event: citation
        data: {"number":1,"documentId":"indexed","version":1,"ordinal":0,"title":"Ferry","path":"ferry.md","section":"Times","page":2,"quote":"The ferry leaves at nine."}

        event: token
        data: {"text":"\n\n“Day | Hour\nMonday | 9:00” [2]"}

        event: citation
        data: {"number":2,"documentId":"indexed","version":1,"ordinal":1,"title":"Ferry","path":"ferry.md","section":"Times","page":2,"quote":"Day | Hour\nMonday | 9:00","answer":{"start":20,"end":24}}

        event: token
        data: {"text":"\n\n## Tickets\n\nThey cost `9` euro. **Dogs** ride for free."}

        event: done
        data: {"answerer":"extractive","found":true,"passagesUsed":3,"passagesLeftOut":1,"traceId":"4bf92f35","unsupported":[{"documentId":"indexed","ordinal":0,"title":"Ferry","statement":"Dogs ride for free.","reason":"The passage lacks dogs."}]}

        """;

    private static string Document(string status) =>
        $$"""{"id":"{{status}}","path":"some/long/folder/with-a-name-that-does-not-break-{{status}}.md","title":"Title {{status}} مرحبا","version":2,"status":"{{status}}","searchableVersion":1,"reason":{{(status == "failed" ? "\"The file is damaged. Save it again.\"" : "null")}},"warnings":["Page 3 holds no text."],"done":40,"total":120,"size":123456,"contentType":"text/markdown","access":["group:finance","user:demo-bob"],"uploadedBy":"demo-alice","children":3,"tags":["dlp:iban"],"findings":[{"detector":"iban","action":"tag","count":2,"pages":[4],"inName":false}]}""";

    [GeneratedRegex(@"^\s*- (button|link|textbox|combobox|dialog|progressbar)\s*(\[.*)?:?\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamelessControl();
}
