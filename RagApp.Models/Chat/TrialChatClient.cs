using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RagApp.Models.Chat;

/// <summary>
/// The chat client of one caller while another model is tried. Each call is charged to the model that answers: a trial that fails
/// before its first token costs nothing.
/// </summary>
internal sealed class TrialChatClient(ChatModel model, ModelCaller caller) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var prompt = messages.ToList();
        return model.ServeAsync(caller, served => served.OwnClientFor(caller).GetResponseAsync(prompt, options, cancellationToken));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var prompt = messages.ToList();
        var (updates, hasNext) = await model.ServeAsync(caller, BeginAsync);
        await using (updates)
        {
            for (; hasNext; hasNext = await updates.MoveNextAsync())
                yield return updates.Current;
        }

        async Task<(IAsyncEnumerator<ChatResponseUpdate> Updates, bool HasNext)> BeginAsync(ChatModel served)
        {
            var answer = served.OwnClientFor(caller).GetStreamingResponseAsync(prompt, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            try
            {
                return (answer, await answer.MoveNextAsync());
            }
            catch
            {
                await answer.DisposeAsync();
                throw;
            }
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
