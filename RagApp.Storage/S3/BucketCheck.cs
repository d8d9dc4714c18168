using Microsoft.Extensions.Options;

namespace RagApp.Storage.S3;

/// <summary>Whether the bucket can be used: it answers with our keys, and holds conditions.</summary>
internal sealed class BucketCheck(S3Client client, ConditionProbe conditions, IOptions<S3Options> options)
{
    /// <exception cref="S3Exception">Why not, and the way out.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        // Where nothing is, so that the answer is short and the same right is needed as for any list.
        var list = new S3Request(HttpMethod.Get, "")
        {
            Query = { ["list-type"] = "2", ["max-keys"] = "1", ["prefix"] = ConditionProbe.Folder(options.Value) },
            Attempts = 1,
        };
        using (await client.SendAsync(list, cancellationToken))
            await conditions.RequireAsync(cancellationToken);
    }
}
