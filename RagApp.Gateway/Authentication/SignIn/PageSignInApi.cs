using Microsoft.AspNetCore.Http.HttpResults;
using RagApp.Contracts.Identity;

namespace RagApp.Gateway.Authentication.SignIn;

/// <summary>Endpoints of the page's sign-in. They need no credential. Without an issuer and <c>SignIn:ClientId</c> a page is told that there is no sign-in: 204.</summary>
internal static class PageSignInApi
{
    public static void MapPageSignIn(this WebApplication app)
    {
        var settings = app.Configuration.GetSection(SignInOptions.Section);
        if (string.IsNullOrWhiteSpace(settings[nameof(SignInOptions.Authority)]) || string.IsNullOrWhiteSpace(settings[nameof(SignInOptions.ClientId)]))
        {
            app.MapGet("/v1/sign-in", () => TypedResults.NoContent()).AllowAnonymous().ExcludeFromDescription();
            return;
        }
        var signIn = app.MapGroup("/v1/sign-in").AllowAnonymous().WithTags("People");
        signIn.MapGet("/", DescribeAsync).WithName("getSignIn").WithSummary("Get what a page needs to sign a person in")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        signIn.MapPost("/token", ExchangeAsync).WithName("exchangeSignIn").WithSummary("Exchange a code or a refresh token of the issuer")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Ok<SignInPlace>> DescribeAsync(PageSignIn signIn, CancellationToken cancellationToken) =>
        TypedResults.Ok(await signIn.DescribeAsync(cancellationToken));

    private static async Task<Ok<SignedIn>> ExchangeAsync(SignInExchange exchange, PageSignIn signIn, CancellationToken cancellationToken) =>
        TypedResults.Ok(await signIn.ExchangeAsync(exchange, cancellationToken));
}
