using System.Text.Json.Nodes;
using Microsoft.Playwright;
using RagApp.Contracts.Answers;
using RagApp.Gateway.Answers;
using RagApp.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace RagApp.Tests.Browser;

/// <summary>Answers for which the model searches on by itself, as the page offers and shows them.</summary>
public sealed class SearchOnTests(RunningApp app, Chromium chromium) : BrowserTests(app, chromium)
{
    private ILocator SearchOn => Page.GetByLabel("Let the model search on by itself");

    [Fact]
    public async Task NoModel_IsNotOffered()
    {
        await EnterAsync("demo-alice");

        await Expect(Page.Locator(".models")).ToContainTextAsync("Answers are quotes");
        await Expect(SearchOn).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Ask_SearchOnIsChosen_AsksForItAndShowsWhatTheModelLookedFor()
    {
        await ConnectModelAsync();
        await EnterAsync("demo-alice");
        var done = Summary(isFound: true) with
        {
            Searches = new AnswerSearches(Rounds: 3, ToolCalls: 2, Bound: "The largest number of rounds was reached."),
        };
        await AnswerWithAsync(
            new AnswerEvent.Progress(new AnswerProgress("search", "carry over")), new AnswerEvent.Progress(new AnswerProgress("read", "Leave")),
            new AnswerEvent.Token("Five days can be carried over."), new AnswerEvent.Done(done));
        await SearchOn.CheckAsync();

        var request = await Page.RunAndWaitForRequestAsync(() => AskAsync("What becomes of unused days?"), AnswersPath);

        JsonNode.Parse(request.PostData!)!["mode"]!.GetValue<string>().ShouldBe("agentic");
        await Expect(Answer.Locator(".answer")).ToContainTextAsync("Five days can be carried over.");
        await Expect(Answer.Locator(".steps li")).ToHaveTextAsync(["Searched for carry over", "Read more of Leave"]);
        await Expect(Answer.Locator(".steps ol")).ToBeHiddenAsync();
        await Expect(Answer.Locator(".note").First).ToContainTextAsync("The largest number of rounds was reached.");
        await Expect(Answer.Locator(".summary")).ToContainTextAsync("3 rounds of the model");
        await Answer.Locator(".steps summary").ClickAsync();
        await Expect(Answer.Locator(".steps ol")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Ask_ModelIsStillSearching_ShowsItsStepsAsTheyCome()
    {
        await ConnectModelAsync();
        await EnterAsync("demo-alice");
        // A stream that the page reads while it has no end yet.
        await Page.EvaluateAsync("""
            () => {
              const original = window.fetch;
              window.fetch = (path, init) => String(path).endsWith('v1/answers')
                ? Promise.resolve(new Response(new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode(
                    'event: progress\ndata: {"action":"list","about":"leave"}\n\n')) })))
                : original(path, init);
            }
            """);
        await SearchOn.CheckAsync();

        await AskAsync("What becomes of unused days?");

        await Expect(Answer.Locator(".steps li")).ToHaveTextAsync(["Looked for documents named leave"]);
        await Expect(Answer.Locator(".steps ol")).ToBeVisibleAsync();
        await Expect(Answer).ToContainTextAsync("Searching your documents");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
    }

    [Fact]
    public async Task Ask_SearchOnIsNotChosen_AsksForADirectAnswer()
    {
        await ConnectModelAsync();
        await EnterAsync("demo-alice");
        await AnswerWithAsync(new AnswerEvent.Done(Summary(isFound: false)));
        await Expect(SearchOn).ToBeVisibleAsync();

        var request = await Page.RunAndWaitForRequestAsync(() => AskAsync("What becomes of unused days?"), AnswersPath);

        JsonNode.Parse(request.PostData!)!["mode"].ShouldBeNull();
    }

    private static AnswerSummary Summary(bool isFound) =>
        new("model", "a-model", isFound, PassagesUsed: 2, PassagesLeftOut: 0, PromptTokens: null, CompletionTokens: null, TraceId: null);

    private Task ConnectModelAsync() => Page.RouteAsync(
        "**/v1/models", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"models":["a-model"],"quotes":false,"found":[]}""" }));
}
