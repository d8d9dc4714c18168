using Amazon.S3.Model;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.S3;

/// <summary>Checks that the bucket can be used: it accepts the access key, and the server supports conditional writes.</summary>
internal sealed class BucketCheck(S3Bucket bucket, ConditionProbe conditions, IOptions<S3Options> options)
{
    /// <exception cref="S3Exception">The bucket cannot be used; the message says why and what to do.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        // The listed prefix is empty, so the answer is short; it needs the same permission as any list.
        var list = new ListObjectsV2Request { BucketName = options.Value.Bucket, Prefix = ConditionProbe.Folder(options.Value), MaxKeys = 1 };
        await bucket.CallOnceAsync((s3, token) => s3.ListObjectsV2Async(list, token), cancellationToken);
        await conditions.RequireAsync(cancellationToken);
    }
}
