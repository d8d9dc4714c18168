using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RagApp.ServiceDefaults.Json;

namespace RagApp.ServiceDefaults.Problems;

/// <summary>
/// Sentences for requests that fail before their endpoint runs. The framework says nothing about them, or speaks of parameters and
/// .NET types.
/// </summary>
internal static partial class RequestProblems
{
    private const string Description = "The API's description, /openapi/v1.json at the gateway, says what it takes.";

    /// <summary>Returns the sentence for a response that has only a status; null when the status says enough.</summary>
    public static string? Of(HttpContext context, int? status) => status switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address. The API's description, /openapi/v1.json at the gateway, lists every path.",
        StatusCodes.Status405MethodNotAllowed => $"This address does not take {context.Request.Method}; it takes {context.Response.Headers.Allow}.",
        StatusCodes.Status413PayloadTooLarge => TooLarge(context),
        StatusCodes.Status415UnsupportedMediaType => OtherType,
        _ => null,
    };

    /// <summary>Returns the sentence for a request that could not be read.</summary>
    public static string Of(HttpContext context, BadHttpRequestException bad) => bad.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => TooLarge(context),
        StatusCodes.Status415UnsupportedMediaType => OtherType,
        _ => Of(bad),
    };

    /// <summary>Returns the same sentence where the request itself is not available.</summary>
    public static string Of(BadHttpRequestException bad) => bad switch
    {
        { InnerException: UndeclaredValueException undeclared } => InPlace(undeclared.Path, undeclared.Message),
        { InnerException: JsonException json } =>
            $"The body is not the JSON that this endpoint takes: look at {json.Path ?? "$"}, line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}. {Description}",
        { Message: var message } when WithoutBody().IsMatch(message) => $"The body is empty: send the JSON that this endpoint takes. {Description}",
        { Message: var message } when Parameter().Match(message) is { Success: true } parameter =>
            $"'{parameter.Groups["name"].Value}' is missing or is not what it has to be. {Description}",
        _ => bad.Message,
    };

    private static string OtherType => "The body is not of a type that this endpoint takes: send JSON in UTF-8, with the header 'Content-Type: application/json'.";

    private static string TooLarge(HttpContext context) =>
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize is { } most
            ? $"The body is larger than the {most:N0} bytes that this endpoint takes: send it in smaller pieces."
            : "The body is larger than this endpoint takes: send it in smaller pieces.";

    private static string InPlace(string? path, string message) => path is null or "$" ? message : $"At {path}: {message}";

    /// <summary>Example: Required parameter "SearchRequest request" was not provided from body.</summary>
    [GeneratedRegex("^Required parameter .* from body|^Implicit body inferred", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WithoutBody();

    /// <summary>Example: Failed to bind parameter "Nullable&lt;int&gt; limit" from "many".</summary>
    [GeneratedRegex("^(Failed to bind|Required) parameter \"[^\"]* (?<name>[^\" ]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();
}
