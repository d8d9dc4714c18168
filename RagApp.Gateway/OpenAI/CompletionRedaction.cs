using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RagApp.Contracts;
using RagApp.Contracts.Http;
using RagApp.Dlp.Streams;
using RagApp.Gateway.Redacting;

namespace RagApp.Gateway.OpenAI;

/// <summary>
/// Hides confidential data in a chat completion: in every text of its messages, the arguments of tool calls included. The tokens' probabilities
/// (<c>logprobs</c>) repeat the text and are taken out where it was changed, in a stream always. What the policy blocks ends a choice with the reason
/// <c>content_filter</c>. The field <c>hidden</c> tells how much was hidden.
/// </summary>
internal sealed class CompletionRedaction(Redactor redactor)
{
    private const string Choices = "choices";
    private const string Delta = "delta";
    private const string Index = "index";
    private const string FinishReason = "finish_reason";
    private const string Filtered = "content_filter";
    private const string LogProbs = "logprobs";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Fields of a message that are no text of the model.</summary>
    private static readonly string[] Names = ["role", "id", "type", "name", Index];

    /// <summary>The texts of a stream that have not ended: for each choice, where they stand in its delta.</summary>
    private readonly Dictionary<(int Choice, string Place), TextInTheMaking> _texts = [];

    /// <summary>The last chunk, after which the last of all is modelled.</summary>
    private JsonObject? _last;

    /// <summary>Hides what is in a whole completion.</summary>
    /// <exception cref="ProblemException">502: the provider's answer cannot be read, and is therefore not passed on.</exception>
    public ReadOnlyMemory<byte> Whole(ReadOnlyMemory<byte> json)
    {
        if (redactor.Detectors.Count == 0)
            return json;
        var answer = Read(json) ?? throw new ProblemException(HttpStatusCode.BadGateway, "The answer of the chat model is no JSON object.");
        foreach (var choice in ChoicesOf(answer))
        {
            if (choice["message"] is { } message)
                Change(message, (_, text) => redactor.Hide(text), "");
        }
        if (redactor.Hidden.Count == 0)
            return json;
        foreach (var choice in ChoicesOf(answer))
        {
            choice.Remove(LogProbs);
            if (!redactor.IsBlocked)
                continue;
            choice["message"] = new JsonObject { ["role"] = "assistant", ["content"] = "" };
            choice[FinishReason] = Filtered;
        }
        return Write(answer);
    }

    /// <summary>Hides what is in the next chunk of a stream; the last chunk of a choice has what was held back. Null for a chunk that is not passed on.</summary>
    public ReadOnlyMemory<byte>? Next(ReadOnlyMemory<byte> json)
    {
        if (redactor.Detectors.Count == 0)
            return json;
        if (Read(json) is not { } chunk)
            return null; // what cannot be read cannot be checked
        var choices = ChoicesOf(chunk).ToList();
        if (choices.Count == 0)
            return json;
        _last = chunk;
        foreach (var choice in choices)
            Hide(choice);
        foreach (var choice in choices.Where(_ => redactor.IsBlocked))
        {
            choice[Delta] = new JsonObject();
            choice[FinishReason] = choice[FinishReason] is null ? null : Filtered;
        }
        return Write(chunk);
    }

    /// <summary>The text that is still held back when a stream ends without the end of a choice; null when there is none.</summary>
    public ReadOnlyMemory<byte>? Rest()
    {
        if (_texts.Count == 0 || redactor.IsBlocked)
            return null;
        var chunk = _last!.DeepClone().AsObject();
        var choices = _texts.Keys.Select(text => text.Choice).Distinct().Select(number => new JsonObject { [Index] = number, [FinishReason] = null }).ToList();
        choices.ForEach(AddRest);
        chunk[Choices] = new JsonArray([.. choices]);
        return Write(chunk);
    }

    private void Hide(JsonObject choice)
    {
        choice.Remove(LogProbs);
        var number = NumberOf(choice);
        if (choice[Delta] is { } delta)
            Change(delta, (place, text) => TextAt(number, place).Add(text), "");
        if (choice[FinishReason] is not null)
            AddRest(choice);
    }

    private TextInTheMaking TextAt(int choice, string place)
    {
        if (!_texts.TryGetValue((choice, place), out var text))
            _texts.Add((choice, place), text = redactor.Start());
        return text;
    }

    /// <summary>Adds to a choice's delta what is held back of its texts.</summary>
    private void AddRest(JsonObject choice)
    {
        var number = NumberOf(choice);
        if (choice[Delta] is not JsonObject delta)
            choice[Delta] = delta = [];
        foreach (var (key, text) in _texts.Where(text => text.Key.Choice == number).ToList())
        {
            _texts.Remove(key);
            if (text.Finish() is { Length: > 0 } rest)
                Append(delta, key.Place, rest);
        }
    }

    /// <summary>Changes every text below a node. A place is the way to the text, such as <c>tool_calls/0/function/arguments</c>.</summary>
    private static void Change(JsonNode node, Func<string, string, string> change, string place)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields.ToList())
                {
                    if (value is JsonValue text && text.TryGetValue<string>(out var words) && !Names.Contains(name, StringComparer.Ordinal))
                        fields[name] = change($"{place}{name}", words);
                    else if (value is JsonObject or JsonArray)
                        Change(value, change, $"{place}{name}/");
                }
                break;
            case JsonArray items:
                foreach (var (at, item) in items.Index())
                {
                    if (item is JsonObject or JsonArray)
                        Change(item, change, $"{place}{(item as JsonObject)?[Index]?.ToString() ?? at.ToString(CultureInfo.InvariantCulture)}/");
                }
                break;
        }
    }

    /// <summary>Appends a text at its place; a number in the place is an item of a list.</summary>
    private static void Append(JsonObject delta, string place, string text)
    {
        var steps = place.Split('/');
        var at = delta;
        for (var i = 0; i < steps.Length - 1; i++)
        {
            if (int.TryParse(steps[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                var items = at[steps[i]] as JsonArray ?? [];
                at[steps[i++]] ??= items;
                var item = items.OfType<JsonObject>().FirstOrDefault(item => (int?)item[Index] == number) ?? new JsonObject { [Index] = number };
                if (item.Parent is null)
                    items.Add((JsonNode)item);
                at = item;
            }
            else
            {
                at[steps[i]] ??= new JsonObject();
                at = at[steps[i]]!.AsObject();
            }
        }
        at[steps[^1]] = (string?)at[steps[^1]] + text;
    }

    private static JsonObject? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonNode.Parse(json.Span, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private ReadOnlyMemory<byte> Write(JsonObject answer)
    {
        var isEnd = ChoicesOf(answer).Any(choice => choice[FinishReason] is not null);
        if (isEnd && redactor.Hidden is { Count: > 0 } hidden)
            answer["hidden"] = JsonSerializer.SerializeToNode(hidden, ContractsJson.Default.HiddenDataList);
        return JsonSerializer.SerializeToUtf8Bytes(answer, Plain);
    }

    private static IEnumerable<JsonObject> ChoicesOf(JsonObject answer) => (answer[Choices] as JsonArray ?? []).OfType<JsonObject>();

    private static int NumberOf(JsonObject choice) => choice[Index] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;
}
