using System.Buffers;
using System.Text;
using System.Text.Json;
using RagApp.Contracts.Http;

namespace RagApp.Gateway.OpenAI;

/// <summary>A request for a chat completion, as far as the gateway reads it; all else is passed through.</summary>
/// <param name="Model">Name of the model; null when the request names none.</param>
/// <param name="MaxTokens">Largest number of tokens of one choice; null when the request does not limit it.</param>
/// <param name="Choices">Number of answers asked for.</param>
/// <param name="WantsUsage">True when a stream ends with its usage.</param>
/// <param name="PromptText">Texts of the messages and tools, for counting.</param>
internal sealed record CompletionRequest(string? Model, bool Stream, int? MaxTokens, int Choices, bool WantsUsage, string PromptText, JsonElement Json)
{
    private const string StreamOptions = "stream_options";
    private const string IncludeUsage = "include_usage";
    private const string MaxCompletionTokens = "max_completion_tokens";
    private const int MostChoices = 128;

    /// <summary>Beginning of a picture or sound within a message, whose bytes are no text.</summary>
    private const string DataUrl = "data:";

    /// <exception cref="ProblemException">400: the body is no request for a chat completion.</exception>
    public static CompletionRequest Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var json = document.RootElement.Clone();
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array)
                throw ProblemException.BadRequest("The request is a JSON object with 'model' and 'messages'.");
            var text = new StringBuilder();
            AddTexts(messages, text);
            if (json.TryGetProperty("tools", out var tools))
                AddTexts(tools, text);
            return new CompletionRequest(
                json.TryGetProperty("model", out var model) ? model.GetString() : null,
                json.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True,
                NumberOf(json, MaxCompletionTokens) ?? NumberOf(json, "max_tokens"),
                Math.Clamp(NumberOf(json, "n") ?? 1, 1, MostChoices),
                json.TryGetProperty(StreamOptions, out var options) && options.ValueKind == JsonValueKind.Object
                    && options.TryGetProperty(IncludeUsage, out var usage) && usage.ValueKind == JsonValueKind.True,
                text.ToString(),
                json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw ProblemException.BadRequest("The request cannot be read: it is a JSON object with 'model' (a text) and 'messages' (a list).");
        }
    }

    /// <summary>The request with a stream's usage asked for, and with a limit of the answer where it has none.</summary>
    /// <param name="limit">Largest number of tokens of one choice; null to leave it to the model.</param>
    public byte[] ToBody(int? limit)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            foreach (var field in Json.EnumerateObject().Where(field => !Stream || !field.NameEquals(StreamOptions)))
                field.WriteTo(writer);
            if (MaxTokens is null && limit is { } most)
                writer.WriteNumber(MaxCompletionTokens, most);
            if (Stream)
                WriteStreamOptions(writer);
            writer.WriteEndObject();
        }
        return body.WrittenSpan.ToArray();
    }

    private void WriteStreamOptions(Utf8JsonWriter writer)
    {
        writer.WriteStartObject(StreamOptions);
        if (Json.TryGetProperty(StreamOptions, out var options) && options.ValueKind == JsonValueKind.Object)
        {
            foreach (var option in options.EnumerateObject().Where(option => !option.NameEquals(IncludeUsage)))
                option.WriteTo(writer);
        }
        writer.WriteBoolean(IncludeUsage, true);
        writer.WriteEndObject();
    }

    private static int? NumberOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0 ? number : null;

    private static void AddTexts(JsonElement json, StringBuilder text)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String when json.GetString() is { } value && !value.StartsWith(DataUrl, StringComparison.Ordinal):
                text.Append(value).Append('\n');
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                    AddTexts(item, text);
                break;
            case JsonValueKind.Object:
                foreach (var field in json.EnumerateObject())
                    AddTexts(field.Value, text.Append(field.Name).Append(' '));
                break;
        }
    }
}
