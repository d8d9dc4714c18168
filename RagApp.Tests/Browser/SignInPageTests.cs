using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using RagApp.Tests.Gateway;
using RagApp.Tests.TestServices;
using static Microsoft.Playwright.Assertions;

namespace RagApp.Tests.Browser;

/// <summary>The page's sign-in by code flow with PKCE, in a real browser, at an issuer that is a real HTTP server.</summary>
public sealed class SignInPageTests(Chromium chromium) : IAsyncLifetime
{
    private const string NoDocuments = """{"documents":[]}""";
    private const string Listen =
        "window.violations = []; document.addEventListener('securitypolicyviolation', event => window.violations.push(event.effectiveDirective));";

    private OidcIssuer _issuer = null!;
    private StubService _documents = null!;
    private GatewayUnderTest _gateway = null!;
    private IBrowserContext _context = null!;
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        var browser = await chromium.BrowserAsync(TestContext.Current.CancellationToken);
        _issuer = await OidcIssuer.StartAsync(TestContext.Current.CancellationToken);
        _documents = await StubService.StartAsync(context => StubService.AnswerAsync(context, StatusCodes.Status200OK, NoDocuments), TestContext.Current.CancellationToken);
        _gateway = await GatewayUnderTest.StartAsync(
            TestContext.Current.CancellationToken, documents: _documents, environment: "Production",
            settings: [.. _issuer.Settings, $"--SignIn:ClientId={OidcSignIns.ClientId}", "--SignIn:Scope=openid offline_access"]);
        _context = await browser.NewContextAsync();
        _page = await _context.NewPageAsync();
        await _page.AddInitScriptAsync(Listen);
        await _page.GotoAsync(_gateway.Address.AbsoluteUri);
    }

    public async ValueTask DisposeAsync()
    {
        if (_context is not null)
            await _context.DisposeAsync();
        if (_gateway is not null)
            await _gateway.DisposeAsync();
        if (_documents is not null)
            await _documents.DisposeAsync();
        if (_issuer is not null)
            await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task SignIn_ByTheIssuer_OpensTheWorkspaceAndKeepsTheTokenInMemoryOnly()
    {
        await SignInAsync();

        await Expect(_page.Locator(".who-am-i")).ToContainTextAsync("f3b1c2");
        new Uri(_page.Url).Query.ShouldBeEmpty();
        (await _page.EvaluateAsync<int>("sessionStorage.length + localStorage.length")).ShouldBe(0);
        (await _context.CookiesAsync()).ShouldBeEmpty();
        (await _page.EvaluateAsync<string[]>("window.violations")).ShouldBeEmpty();
        var exchange = _issuer.SignIns.Exchanges.ShouldHaveSingleItem();
        exchange["grant_type"].ToString().ShouldBe("authorization_code");
        exchange["code_verifier"].ToString().Length.ShouldBe(43);
    }

    [Fact]
    public async Task SignIn_RefusedByTheIssuer_SaysSo()
    {
        _issuer.SignIns.Error = "access_denied";

        await SignInAsync();

        await Expect(_page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The issuer did not let you in, or you cancelled.");
        _issuer.SignIns.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task SignIn_AnswerWithAnotherState_ExchangesNothing()
    {
        _issuer.SignIns.State = "of-somebody-else";

        await SignInAsync();

        await Expect(_page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This sign-in was not begun here");
        _issuer.SignIns.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task SignIn_TokenWithAnotherNonce_IsNotUsed()
    {
        _issuer.SignIns.Nonce = "of-another-sign-in";

        await SignInAsync();

        await Expect(_page.GetByRole(AriaRole.Alert)).ToContainTextAsync("belongs to another sign-in");
        await Expect(_page.Locator(".who-am-i")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Page_OpenedWithACodeOfSomebodyElse_ExchangesNothing()
    {
        await _page.GotoAsync($"{_gateway.Address}?code=stolen&state=stolen");

        await Expect(_page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This sign-in was not begun here");
        _issuer.SignIns.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task SignedIn_TokenIsAboutToEnd_IsRenewedBeforeTheNextRequest()
    {
        _issuer.SignIns.Lifetime = TimeSpan.FromSeconds(50); // less than the time before the end at which a token is renewed

        await SignInAsync();

        await Expect(_page.Locator(".who-am-i")).ToContainTextAsync("f3b1c2");
        await Eventually.HoldsAsync(() => _issuer.SignIns.Exchanges.Any(exchange => exchange["grant_type"] == "refresh_token"));
    }

    [Fact]
    public async Task SignOut_AtTheIssuerToo_LeavesNothing()
    {
        await SignInAsync();
        await Expect(_page.Locator(".who-am-i")).ToContainTextAsync("f3b1c2");

        await _page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await _page.WaitForURLAsync($"{_issuer.Address}/logout**");
        _page.Url.ShouldContain("id_token_hint=ey");
        await _page.GotoAsync(_gateway.Address.AbsoluteUri);
        await Expect(_page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("""{}""", 400)]
    [InlineData("""{"code":"c","verifier":"v","redirectUri":"r","refreshToken":"t"}""", 400)]
    [InlineData("""{"code":"invented","verifier":"v","redirectUri":"r"}""", 401)]
    [InlineData("""{"refreshToken":"invented"}""", 401)]
    public async Task Exchange_OfWhatTheIssuerDidNotGive_IsRefusedInASentence(string body, int status)
    {
        using var client = _gateway.Client(key: null);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var response = await client.PostAsync("v1/sign-in/token", content, Cancellation);

        var problem = await response.ShouldBeProblemAsync((System.Net.HttpStatusCode)status, Cancellation);
        problem.Detail!.ShouldNotContain("<b>");
    }

    private Task SignInAsync() => _page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
}
