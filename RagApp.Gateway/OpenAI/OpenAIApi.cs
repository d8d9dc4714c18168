using System.Net;
using System.Net.Mime;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Gateway.Authentication.Keys;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Gateway.OpenAI;

/// <summary>
/// The endpoints that OpenAI's clients call, with the API keys of this installation. Requests and answers are OpenAI's; fields that this program does not know
/// are passed through.
/// </summary>
internal static class OpenAIApi
{
    private const int MaxBody = 8 * 1024 * 1024;

    private const string NoEmbeddingsRequest = "The request cannot be read: it is a JSON object with 'input', a text or a list of texts.";

    public static void MapOpenAI(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").RequireAuthorization().WithScope(KeyScope.Models).WithTags("Models");
        group.MapPost("/chat/completions", CompleteAsync)
            .WithName("createChatCompletion")
            .WithSummary("Call a chat model, in OpenAI's format")
            .Accepts<object>(MediaTypeNames.Application.Json);
        group.MapPost("/embeddings", EmbedAsync)
            .WithName("createEmbedding")
            .WithSummary("Embed texts, in OpenAI's format")
            .Accepts<object>(MediaTypeNames.Application.Json);
    }

    private static async Task CompleteAsync(HttpContext http, CallerPrincipal caller, ChatCompletions completions, CancellationToken cancellationToken)
    {
        try
        {
            var body = await ReadAsync(http.Request, cancellationToken);
            await completions.RelayAsync(caller.Principal, CompletionRequest.Read(body), http.Response, cancellationToken);
        }
        catch (ProblemException problem) when (!http.Response.HasStarted)
        {
            await OpenAIError.WriteAsync(http.Response, problem, cancellationToken);
        }
    }

    private static async Task EmbedAsync(HttpContext http, CallerPrincipal caller, EmbeddingClient embedding, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await embedding.PassAsync(caller.Principal, await ReadAsync(http.Request, cancellationToken), cancellationToken);
            http.Response.ContentType = MediaTypeNames.Application.Json;
            await http.Response.Body.WriteAsync(answer, cancellationToken);
        }
        catch (ProblemException problem)
        {
            await OpenAIError.WriteAsync(http.Response, problem, cancellationToken);
        }
        catch (ApiException refused)
        {
            var sentence = refused.Problem.Detail ?? (refused.Status == HttpStatusCode.BadRequest ? NoEmbeddingsRequest : refused.Message);
            await OpenAIError.WriteAsync(http.Response, new ProblemException(refused.Status, sentence), cancellationToken);
        }
    }

    /// <exception cref="ProblemException">413: the body is too large.</exception>
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > MaxBody)
                throw new ProblemException(HttpStatusCode.RequestEntityTooLarge, $"The request has more than {MaxBody / (1024 * 1024)} MiB: shorten it.");
            body.Write(buffer, 0, read);
        }
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
