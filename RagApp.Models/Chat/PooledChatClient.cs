using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RagApp.Models.Errors;
using RagApp.Models.Pool;

namespace RagApp.Models.Chat;

/// <summary>
/// The chat client of one caller: each call goes to a deployment of the pool, and to another one when that fails before its first
/// token. A stream that breaks later ends with a <see cref="ModelException"/>.
/// </summary>
internal sealed class PooledChatClient(ChatClients clients, ChatModel model, ModelCaller caller) : IChatClient
{
    /// <summary>Usual number of characters of a token, for the estimate that the limits are checked with.</summary>
    private const int CharactersPerToken = 4;

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var prompt = messages.ToList();
        var settings = WithLimit(options);
        return await model.CallAsync(caller, Estimate(prompt, settings), AskAsync, _ => ValueTask.CompletedTask, cancellationToken);

        async Task<ChatResponse> AskAsync(DeploymentLease lease, CancellationToken stop)
        {
            var answer = await clients.For(lease).GetResponseAsync(prompt, settings, stop);
            lease.Succeeded(answer.Usage?.TotalTokenCount);
            return answer;
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var prompt = messages.ToList();
        var settings = WithLimit(options);
        await using var answer = await model.CallAsync(
            caller,
            Estimate(prompt, settings),
            (lease, stop) => ChatStream.OpenAsync(lease, clients.For(lease).GetStreamingResponseAsync(prompt, settings, stop), stop),
            second => second.DisposeAsync(),
            cancellationToken);
        while (await answer.ReadAsync() is { } update)
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    /// <summary>The options with the model's limit of an answer, unless they have one.</summary>
    private ChatOptions WithLimit(ChatOptions? options)
    {
        var settings = options?.Clone() ?? new ChatOptions();
        settings.MaxOutputTokens ??= model.MaxOutputTokens;
        return settings;
    }

    private static long Estimate(List<ChatMessage> prompt, ChatOptions settings) =>
        (prompt.Sum(message => (long)message.Text.Length) / CharactersPerToken) + (settings.MaxOutputTokens ?? 0);
}
