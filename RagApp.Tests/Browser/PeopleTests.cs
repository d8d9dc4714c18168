using Microsoft.Playwright;
using RagApp.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace RagApp.Tests.Browser;

public sealed class PeopleTests(RunningApp app, Chromium chromium) : BrowserTests(app, chromium)
{
    [Fact]
    public async Task SwitchPerson_AfterUploadAndAnswer_LeavesNothingOfThemOnThePage()
    {
        var word = UniqueWord();
        await EnterAsync("demo-alice");
        await UploadAsync($"{word}.md", $"# Code of {word}\n\nThe code of {word} is amber.");
        await WaitUntilIndexedAsync($"{word}.md");
        await AskAsync($"What is the code of {word}?");
        await Expect(Answer).ToContainTextAsync("Answers by quoting");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Switch person" }).ClickAsync();
        await EnterAsync("demo-eve");

        await Expect(Page.Locator(".who-am-i")).ToContainTextAsync("globex");
        await Expect(Page.Locator(".exchange")).ToHaveCountAsync(0);
        await AskAsync($"What is the code of {word}?");
        await Expect(Answer.Locator(".summary")).ToBeVisibleAsync();
        await Expect(Answer.Locator(".answer")).Not.ToContainTextAsync("amber");
        await Expect(Documents.Filter(new() { HasText = word })).ToHaveCountAsync(0);
        (await Page.ContentAsync()).ShouldNotContain($"{word}.md");
    }

    [Fact]
    public async Task Reload_SameTab_StaysThePerson()
    {
        await EnterAsync("demo-bob");

        await Page.ReloadAsync();

        await Expect(Page.Locator(".who-am-i")).ToContainTextAsync("demo-bob");
        (await Page.EvaluateAsync<int>("localStorage.length")).ShouldBe(0);
    }

    [Fact]
    public async Task Enter_UnknownKey_SaysSoAndKeepsNothing()
    {
        await Page.GetByLabel("API key").FillAsync("not-a-key");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This key is not known here.");
        (await Page.EvaluateAsync<int>("sessionStorage.length")).ShouldBe(0);
    }
}
