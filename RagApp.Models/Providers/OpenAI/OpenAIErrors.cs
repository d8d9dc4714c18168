using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;
using RagApp.Models.Errors;

namespace RagApp.Models.Providers.OpenAI;

/// <summary>What a failed call means. A provider's message is never passed on: it can quote the key or the prompt.</summary>
internal static class OpenAIErrors
{
    /// <summary>Whether <paramref name="exception"/> is about the provider, and not about a caller that went away.</summary>
    public static bool AreOfProvider(Exception exception, CancellationToken cancellationToken) =>
        exception is not ModelException && !cancellationToken.IsCancellationRequested;

    public static ModelException Translate(Exception exception) => exception switch
    {
        ClientResultException { Status: > 0 } refused => OfStatus(refused),
        OperationCanceledException => new ModelException(ModelError.TimedOut, "The model provider took too long. Try again."),
        ClientResultException or HttpRequestException or IOException =>
            new ModelException(ModelError.Unavailable, "The model provider cannot be reached or broke off its answer. Try again."),
        // Everything else comes out of reading what it sent.
        _ => new ModelException(ModelError.BadAnswer, "The model provider sent something that is no answer. Is the endpoint an OpenAI-compatible one?"),
    };

    private static ModelException OfStatus(ClientResultException refused)
    {
        using var response = refused.GetRawResponse();
        return refused.Status switch
        {
            429 => new ModelException(ModelError.RateLimited, "The model provider's rate limit is reached. Try again later.", RetryAfter(response)),
            401 or 403 => new ModelException(ModelError.Unauthorized, "The model provider refused the configured key: the operator has to check it."),
            408 or 504 => new ModelException(ModelError.TimedOut, "The model provider took too long. Try again."),
            >= 500 => new ModelException(ModelError.Unavailable, $"The model provider failed with status {refused.Status}. Try again.", RetryAfter(response)),
            413 => TooLong(),
            _ when CodeOf(response) is "context_length_exceeded" or "string_above_max_length" => TooLong(),
            _ => new ModelException(ModelError.Refused, $"The model provider refused the request with status {refused.Status}: the operator has to check endpoint and model."),
        };
    }

    private static ModelException TooLong() =>
        new(ModelError.ContextExceeded, "A text is longer than the provider's model takes. Shorten or split it.");

    /// <summary>The wait of <c>Retry-After: 30</c> (seconds); its form as a date is not used by model providers.</summary>
    private static TimeSpan? RetryAfter(PipelineResponse? response) =>
        response is not null
        && response.Headers.TryGetValue("Retry-After", out var value)
        && double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= TimeSpan.FromDays(1).TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>The code of <c>{"error": {"code": "context_length_exceeded", ...}}</c>; null where there is none.</summary>
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
