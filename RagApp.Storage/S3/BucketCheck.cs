using Microsoft.Extensions.Options;

namespace RagApp.Storage.S3;

/// <summary>Whether the bucket can be used: it answers with our keys, and holds conditions.</summary>
internal sealed class BucketCheck(S3Client client, ConditionProbe conditions, IOptions<S3Options> options)
{
    /// <exception cref="S3Exception">Why not, and the way out.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        var list = new S3Request(HttpMethod.Get, "")
        {
            Query = { ["list-type"] = "2", ["max-keys"] = "1", ["prefix"] = options.Value.Prefix },
            Attempts = 1,
        };
        using (await client.SendAsync(list, cancellationToken))
            await conditions.RequireAsync(cancellationToken);
    }
}
