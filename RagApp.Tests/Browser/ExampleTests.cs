using Microsoft.Playwright;
using RagApp.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace RagApp.Tests.Browser;

/// <summary>The questions to begin with.</summary>
public sealed class ExampleTests(RunningApp app, Chromium chromium) : BrowserTests(app, chromium)
{
    private ILocator Examples => Page.Locator(".examples");

    [Fact]
    public async Task DemoPerson_WithTheSamples_IsOfferedThreeQuestionsThatStayReachable()
    {
        await EnterAsync("demo-eve");
        await Expect(Examples.Locator(".example")).ToHaveCountAsync(3);

        await Examples.GetByText("Where may visitors take photographs?").ClickAsync();

        await Expect(Answer.Locator(".answer mark")).ToHaveTextAsync("lobby");
        await Expect(Examples.Locator(".example").First).ToBeHiddenAsync();
        await Examples.GetByText("Questions to begin with").ClickAsync();
        await Expect(Examples.Locator(".example").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Documents_ThatAskQuestions_AreOfferedWithThem()
    {
        await ListAsync("""{"ordinal":0,"section":"Visitors › May I bring a dog?","text":"Yes, on a lead."},{"ordinal":1,"section":"Rooms","text":"Where do I book a room?\nIn the calendar."}""");

        await EnterAsync("demo-alice");

        await Expect(Examples.Locator(".example")).ToHaveTextAsync(["May I bring a dog?", "Where do I book a room?"]);
    }

    [Fact]
    public async Task Documents_ThatAskNothing_AreOfferedWithoutQuestions()
    {
        await ListAsync("""{"ordinal":0,"section":"Visitors › Dogs","text":"Dogs are welcome.\nKeep them on a lead."}""");

        await EnterAsync("demo-alice");

        await Expect(Documents).ToHaveCountAsync(1);
        await Expect(Examples).ToBeHiddenAsync();
    }

    /// <summary>Lets the page see one document with these passages.</summary>
    private async Task ListAsync(string passages)
    {
        await Page.RouteAsync("**/v1/documents/events", route => route.FulfillAsync(new() { Status = 503 }));
        await Page.RouteAsync("**/v1/documents?*", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = """{"documents":[{"id":"0","path":"faq.md","title":"FAQ","version":1,"status":"indexed","searchableVersion":1,"warnings":[],"done":2,"total":2,"size":9,"contentType":"text/markdown","access":["public"],"uploadedBy":"demo-alice","children":0,"tags":[],"findings":[]}]}""",
        }));
        await Page.RouteAsync("**/v1/documents/0/text", route => route.FulfillAsync(new() { ContentType = "application/json", Body = $$"""{"version":1,"passages":[{{passages}}]}""" }));
    }
}
