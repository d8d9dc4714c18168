using System.Net;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Chunking;
using RagApp.Ingestion.Processing.Vectors;
using RagApp.Storage.Documents.Contents;

namespace RagApp.Ingestion.Maintenance.Rebuild;

/// <summary>Embeds stored passages, with retries, so that a provider that is busy or down for a while does not end hours of work.</summary>
internal sealed class PassageVectors(ChunkEmbedder embedder, TimeProvider time)
{
    private const int Attempts = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <exception cref="VerbException">The embedding service failed in every attempt, the tenant's budget is spent, or the model has no deployment in its region.</exception>
    public async Task<DocumentVectors> EmbedAsync(
        Principal principal, EmbeddingModel model, DocumentContent content, CancellationToken cancellationToken)
    {
        var texts = content.Passages.Select(passage => EmbeddingText.For(content.Title, passage)).ToList();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (await embedder.EmbedAsync(principal, model, texts, KnownVectors.None, _ => Task.CompletedTask, cancellationToken)).Vectors;
            }
            catch (ApiException refusal) when (refusal.Status is HttpStatusCode.PaymentRequired or HttpStatusCode.UnavailableForLegalReasons)
            {
                throw new VerbException($"{refusal.Message} Run this again then: it goes on where it was.", inner: refusal);
            }
            catch (Exception exception) when (MayPass(exception, cancellationToken))
            {
                if (attempt == Attempts)
                    throw new VerbException($"The embedding service went on refusing: {exception.Message} Run this again when it answers: it goes on where it was.", inner: exception);
                await Task.Delay(FirstPause * Math.Pow(2, attempt - 1), time, cancellationToken);
            }
        }
    }

    private static bool MayPass(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        ApiException { Status: var status } => status == HttpStatusCode.TooManyRequests || (int)status >= 500,
        HttpRequestException => true,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };
}
