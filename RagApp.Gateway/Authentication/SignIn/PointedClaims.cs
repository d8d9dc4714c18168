using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Identity;
using RagApp.Gateway.Authentication.Failures;

namespace RagApp.Gateway.Authentication.SignIn;

/// <summary>
/// Fetches groups and roles that a token only points to, as issuers do for people in many groups. The address is always that of
/// <c>SignIn:GroupsEndpoint</c>: addresses in tokens are not used. The answer is kept as long as the token lasts.
/// </summary>
internal sealed class PointedClaims(IHttpClientFactory clients, IOptions<SignInOptions> options, TimeProvider time) : IDisposable
{
    public const string ClientName = "sign-in-groups";

    /// <summary>Longest answer in bytes: some 3,000 groups. The services behind the gateway take tokens with as many.</summary>
    public const int MaxBytes = 128 * 1024;

    /// <summary>Longest wait for the answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>OpenID Connect's place for claims that are elsewhere (Core, 5.6.2); Entra ID uses it for people with many groups.</summary>
    private const string ElsewhereNames = "_claim_names";

    /// <summary>Entra ID's mark of the same for tokens in a URL.</summary>
    private const string HasGroups = "hasgroups";

    private const string Subject = "sub";
    private const int MaxKept = 10_000;

    private readonly SignInOptions _options = options.Value;
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MaxKept });

    /// <summary>The token's claims with groups and roles in place of pointers to them; the token itself when it has no pointer.</summary>
    /// <param name="encoded">The token as it was sent: the endpoint gets it as the credential.</param>
    /// <param name="person">Tenant and subject of the token, for the record of a refusal.</param>
    /// <exception cref="SignInException">403: the groups cannot be known. 503: the endpoint does not answer.</exception>
    public async Task<JsonElement> ResolveAsync(JsonElement token, string encoded, Principal person, CancellationToken cancellationToken)
    {
        string[] pointed = [.. PointedIn(token)];
        if (pointed.Length == 0)
            return token;
        if (string.IsNullOrWhiteSpace(_options.GroupsEndpoint))
        {
            throw Refuse(
                person,
                "The token names a place to ask for your groups instead of the groups, as issuers do for people in many groups. Without them nobody can tell what you may read. "
                + "Whoever runs this application sets 'SignIn:GroupsEndpoint', or makes the issuer send only the groups that this application uses.");
        }
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(encoded)));
        if (_kept.TryGetValue(key, out JsonElement known))
            return known;
        var resolved = Merge(token, await FetchAsync(encoded, person, cancellationToken), pointed, person);
        if (RemainingOf(token) is { Ticks: > 0 } remaining)
            _kept.Set(key, resolved, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = remaining });
        return resolved;
    }

    public void Dispose() => _kept.Dispose();

    /// <summary>Claims of groups and roles that the token has a pointer for.</summary>
    private IEnumerable<string> PointedIn(JsonElement token)
    {
        var hasNames = token.TryGetProperty(ElsewhereNames, out var names);
        bool IsNamed(string claim) => hasNames && (names.ValueKind != JsonValueKind.Object || names.TryGetProperty(claim, out _));
        if (IsNamed(_options.GroupsClaim) || (token.TryGetProperty(HasGroups, out var has) && has.ValueKind is not (JsonValueKind.False or JsonValueKind.Null)))
            yield return _options.GroupsClaim;
        if (IsNamed(_options.RolesClaim))
            yield return _options.RolesClaim;
    }

    private async Task<JsonElement> FetchAsync(string encoded, Principal person, CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var request = new HttpRequestMessage(HttpMethod.Get, _options.GroupsEndpoint);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", encoded);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var response = await client.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
                return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            throw response.StatusCode >= HttpStatusCode.InternalServerError
                ? Away(person)
                : Refuse(person, "The place that knows your groups does not give them for your token. Whoever runs this application checks 'SignIn:GroupsEndpoint'.");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Away(person);
        }
    }

    private static JsonElement Merge(JsonElement token, JsonElement fetched, string[] pointed, Principal person)
    {
        if (TokenClaims.TextOf(fetched, Subject) is not { } subject || subject != TokenClaims.TextOf(token, Subject))
            throw Refuse(person, "The place that knows your groups answered for another person. Whoever runs this application checks 'SignIn:GroupsEndpoint'.");
        var merged = JsonObject.Create(token)!;
        merged.Remove(ElsewhereNames);
        merged.Remove(HasGroups);
        foreach (var claim in pointed)
        {
            merged[claim] = TokenClaims.Find(fetched, claim) is { ValueKind: JsonValueKind.Array or JsonValueKind.String } value
                ? JsonNode.Parse(value.GetRawText())
                : throw Refuse(person, $"The place that knows your groups did not send '{claim}'. Whoever runs this application checks 'SignIn:GroupsEndpoint'.");
        }
        return JsonSerializer.SerializeToElement(merged);
    }

    private TimeSpan RemainingOf(JsonElement token) =>
        token.TryGetProperty("exp", out var end) && end.TryGetInt64(out var unix) && unix is > 0 and < 1L << 40 ? DateTimeOffset.FromUnixTimeSeconds(unix) - time.GetUtcNow() : TimeSpan.Zero;

    private static SignInException Refuse(Principal person, string sentence) =>
        new(SignInFailure.GroupsElsewhere, sentence, HttpStatusCode.Forbidden) { Tenant = person.Tenant, Subject = person.Subject };

    private static SignInException Away(Principal person) => new(
        SignInFailure.IssuerAway, "The place that knows your groups does not answer, so that nobody can tell what you may read. Try again.", HttpStatusCode.ServiceUnavailable)
    {
        Tenant = person.Tenant,
        Subject = person.Subject,
    };
}
