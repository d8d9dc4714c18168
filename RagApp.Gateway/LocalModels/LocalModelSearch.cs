using System.Text.Json;
using RagApp.Contracts.Models;
using RagApp.Models.Chat;

namespace RagApp.Gateway.LocalModels;

/// <summary>
/// Asks the programs that may serve models on this machine for their models (<c>GET /v1/models</c>), on loopback only. What is
/// found is shown to people and not used.
/// </summary>
internal sealed class LocalModelSearch : IDisposable
{
    /// <summary>Longest wait for one program. A local program answers this request within a few milliseconds.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private const int MostModels = 50;
    private const int LongestName = 200;
    private const int LargestAnswer = 1 << 20;

    /// <summary>Parts of the names of models that do not write text.</summary>
    private static readonly string[] OtherKinds = ["embed", "rerank", "whisper", "tts"];

    // A request every minute is no event that anyone looks for in traces; without a propagator the handler starts no span.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null })
    {
        Timeout = Timeout,
        MaxResponseContentBufferSize = LargestAnswer,
    };

    /// <summary>Result of the last search.</summary>
    public IReadOnlyList<FoundModels> Found { get; private set; } = [];

    public async Task RunAsync(IEnumerable<LocalModelServer> servers, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(servers.Select(server => AskAsync(server, cancellationToken)));
        Found = [.. found.OfType<FoundModels>()];
    }

    public void Dispose() => _http.Dispose();

    private async Task<FoundModels?> AskAsync(LocalModelServer server, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri($"{server.Endpoint}/models"), cancellationToken);
            if (!response.IsSuccessStatusCode)
                return null;
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            var models = NamesIn(json.RootElement);
            return models.Count == 0 ? null : new FoundModels(server.Name, server.Endpoint.ToString(), models, $"Chat:Local={server.SettingFor(models[0])}");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null; // nothing is there, or something else that is none of our business
        }
    }

    /// <summary>The names of chat models in <c>{"data": [{"id": "llama3.2"}]}</c>.</summary>
    private static List<string> NamesIn(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array
            ? [.. data.EnumerateArray().Select(IdOf).OfType<string>().Where(IsChatModel).Take(MostModels)]
            : [];

    private static string? IdOf(JsonElement model) =>
        model.ValueKind == JsonValueKind.Object && model.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    private static bool IsChatModel(string name) =>
        name.Length is > 0 and <= LongestName && !name.Any(char.IsControl)
        && !Array.Exists(OtherKinds, kind => name.Contains(kind, StringComparison.OrdinalIgnoreCase));
}
