using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;
using RagApp.Models.Errors;
using RagApp.Models.Providers.Http;

namespace RagApp.Models.Providers.OpenAI;

/// <summary>
/// Translates a failed call to a <see cref="ModelException"/>. A provider's message is never passed on: it can quote the key or
/// the prompt.
/// </summary>
internal static class OpenAIErrors
{
    /// <summary>True when the provider caused <paramref name="exception"/>, and not a caller that cancelled.</summary>
    public static bool AreOfProvider(Exception exception, CancellationToken cancellationToken) =>
        exception is not ModelException && !cancellationToken.IsCancellationRequested;

    public static ModelException Translate(Exception exception) => exception switch
    {
        ClientResultException { Status: > 0 } refused => OfStatus(refused),
        OperationCanceledException => new ModelException(ModelError.TimedOut, "The model provider took too long. Try again."),
        ClientResultException or HttpRequestException or IOException =>
            new ModelException(ModelError.Unavailable, "The model provider cannot be reached or broke off its answer. Try again."),
        // All other exceptions come from reading the provider's answer.
        _ => new ModelException(ModelError.BadAnswer, "The model provider's answer cannot be read. Check that the endpoint is OpenAI-compatible."),
    };

    private static ModelException OfStatus(ClientResultException refused)
    {
        using var response = refused.GetRawResponse();
        return ProviderErrors.OfStatus(refused.Status, CodeOf(response), response?.Content.ToString(), RetryAfter(response));
    }

    /// <summary>The wait of a header such as <c>Retry-After: 30</c> (seconds), at most a day; model providers do not use its date form.</summary>
    private static TimeSpan? RetryAfter(PipelineResponse? response) =>
        response is not null
        && response.Headers.TryGetValue("Retry-After", out var value)
        && double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= TimeSpan.FromDays(1).TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>The error code of a body such as <c>{"error": {"code": "context_length_exceeded", ...}}</c>; null when there is none.</summary>
    private static string? CodeOf(PipelineResponse? response)
    {
        if (response is null)
            return null;
        try
        {
            using var body = JsonDocument.Parse(response.Content);
            return body.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
                    ? code.GetString()
                    : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
