using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using RagApp.Models.Errors;

namespace RagApp.Models.Providers.Http;

/// <summary>
/// Translates a failed call to a <see cref="ModelException"/>. A provider's message is never passed on: it can quote the key or
/// the prompt.
/// </summary>
internal static class ProviderErrors
{
    /// <summary>Largest part of an error's body that is read.</summary>
    private const int MaxBody = 64 * 1024;

    /// <summary>Status of Anthropic for an overloaded service.</summary>
    private const int Overloaded = 529;

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    private static readonly string[] TooLongCodes = ["context_length_exceeded", "string_above_max_length", "request_too_large"];

    /// <summary>True when an exception is the provider's, since no caller cancelled.</summary>
    public static bool AreOfProvider(CancellationToken cancellationToken) => !cancellationToken.IsCancellationRequested;

    /// <summary>The exception that the connection threw below the provider's library, or a translation of what the library threw.</summary>
    public static ModelException Translate(Exception exception) => exception switch
    {
        ModelException own => own,
        { InnerException: ModelException own } => own,
        OperationCanceledException or TimeoutException => TimedOut(),
        HttpRequestException or IOException => Unavailable(),
        // All other exceptions come from reading the provider's answer.
        _ => BadAnswer(),
    };

    public static ModelException TimedOut() => new(ModelError.TimedOut, "The model provider took too long. Try again.");

    public static ModelException Unavailable() =>
        new(ModelError.Unavailable, "The model provider cannot be reached or broke off its answer. Try again.");

    public static ModelException BrokenOff() => new(ModelError.Unavailable, "The model provider broke off its answer. Try again.");

    public static ModelException BadAnswer() =>
        new(ModelError.BadAnswer, "The model provider's answer cannot be read. Check that the endpoint has the API of its provider.");

    public static async Task<ModelException> OfResponseAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        var (code, message) = Describe(await ReadAsync(response, cancellationToken));
        return OfStatus((int)response.StatusCode, code, message, RetryAfterOf(response.Headers, time));
    }

    /// <param name="code">Error code of the provider; null when it gives none.</param>
    /// <param name="message">Message of the provider, which is only searched for known words; null when there is none.</param>
    public static ModelException OfStatus(int status, string? code, string? message, TimeSpan? retryAfter) => status switch
    {
        429 => new ModelException(ModelError.RateLimited, "The model provider's rate limit is reached. Try again later.") { RetryAfter = retryAfter },
        401 or 403 => new ModelException(ModelError.Unauthorized, "The model provider refused the configured key: the operator has to check it."),
        408 or 504 => TimedOut(),
        _ when TooLongCodes.Contains(code) || (message is not null && LengthRefusal.IsIn(message)) => TooLong(),
        _ when message is not null && ToolRefusal.IsIn(message) =>
            new ModelException(ModelError.Unsuitable, "This model takes no tools: ask without them, or name another model."),
        Overloaded => new ModelException(ModelError.Unavailable, "The model provider is overloaded. Try again.") { RetryAfter = retryAfter },
        >= 500 => new ModelException(ModelError.Unavailable, $"The model provider failed with status {status}. Try again.") { RetryAfter = retryAfter },
        413 => TooLong(),
        _ => new ModelException(ModelError.Refused, $"The model provider refused the request with status {status}: the operator has to check endpoint and model."),
    };

    /// <summary>The wait of <c>retry-after-ms: 1500</c>, <c>Retry-After: 30</c> (seconds) or its date form, at most a day.</summary>
    public static TimeSpan? RetryAfterOf(HttpResponseHeaders headers, TimeProvider time)
    {
        if (headers.TryGetValues("retry-after-ms", out var values)
            && double.TryParse(values.First(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds))
            return Bounded(milliseconds / 1000);
        if (headers.RetryAfter?.Date is { } date)
            return Bounded((date - time.GetUtcNow()).TotalSeconds);
        return headers.TryGetValues("Retry-After", out values)
            && double.TryParse(values.First(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                ? Bounded(seconds)
                : null;
    }

    private static TimeSpan? Bounded(double seconds) =>
        seconds <= LongestRetryAfter.TotalSeconds ? TimeSpan.FromSeconds(Math.Max(0, seconds)) : null;

    private static ModelException TooLong() =>
        new(ModelError.ContextExceeded, "A text is longer than the provider's model takes. Shorten or split it.");

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var body = new byte[MaxBody];
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            return body.AsMemory(0, await stream.ReadAtLeastAsync(body, MaxBody, throwOnEndOfStream: false, cancellationToken));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return default; // the status alone says enough
        }
    }

    /// <summary>
    /// Code and message of a body such as <c>{"error": {"code": "context_length_exceeded", "message": "..."}}</c>,
    /// <c>{"error": {"type": "invalid_request_error", "message": "..."}}</c> <c>{"error": "..."}</c> or <c>{"message": "..."}</c>.
    /// </summary>
    private static (string? Code, string? Message) Describe(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return default;
            if (!json.RootElement.TryGetProperty("error", out var error))
                return (null, TextOf(json.RootElement, "message"));
            return error.ValueKind == JsonValueKind.Object ? (TextOf(error, "code") ?? TextOf(error, "type"), TextOf(error, "message")) : (null, error.ToString());
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
