using System.Net;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Http;
using RagApp.Storage.Blobs;
using RagApp.Storage.Encryption;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Intake;

/// <summary>Turns failures of a store into answers that tell the caller whether the request took effect and whether to try again.</summary>
internal sealed class StoreFailures(IOptions<IntakeOptions> options, DamageReport damage) : IEndpointFilter
{
    private const string NoRoom = "There is no room left to store documents, and nothing was changed. Try again when whoever runs this system has made room.";

    private const string NoRoomToFinish =
        "There is no room left, so that this was not done, or not to its end: look at the document. What was begun is finished by itself when whoever runs this system has made room.";

    private const string NoQueue = "Documents cannot be taken in at the moment, and nothing was changed. Try again in a moment.";

    private const string NoStore =
        "The document store does not answer at the moment, and what was asked may or may not have happened. Look, and try again in a moment.";

    private const string Destroyed = "The documents of your organisation were destroyed with its key, and nothing more can be stored for it. Ask whoever runs this system.";

    private const string Damaged =
        "What was stored of this document is damaged. Upload it again, or ask whoever runs this system to restore it from a backup; the log names the file.";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (StorageFullException exception)
        {
            var isUpload = HttpMethods.IsPost(context.HttpContext.Request.Method);
            throw new ProblemException(HttpStatusCode.InsufficientStorage, isUpload ? NoRoom : NoRoomToFinish, exception);
        }
        catch (QueueUnavailableException exception)
        {
            throw new ProblemException(HttpStatusCode.ServiceUnavailable, NoQueue, exception) { RetryAfter = options.Value.RetryAfter };
        }
        catch (KeyDestroyedException exception)
        {
            throw new ProblemException(HttpStatusCode.Gone, Destroyed, exception);
        }
        catch (StoreUnavailableException exception)
        {
            throw new ProblemException(HttpStatusCode.ServiceUnavailable, NoStore, exception) { RetryAfter = options.Value.RetryAfter };
        }
        catch (CorruptBlobException exception)
        {
            damage.Add(exception); // logs the damaged file once
            throw new ProblemException(HttpStatusCode.InternalServerError, Damaged) { Type = Problem.Damaged };
        }
    }
}
