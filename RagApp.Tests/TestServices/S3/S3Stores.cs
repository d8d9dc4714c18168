using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RagApp.Storage.S3;

namespace RagApp.Tests.TestServices.S3;

/// <summary>Creates the S3 store as the product's registration does.</summary>
internal static class S3Stores
{
    public static S3BlobStore Create(S3Options options, TimeProvider? time = null)
    {
        var settings = Options.Create(options);
        var bucket = new S3Bucket(settings, time ?? TimeProvider.System, NullLogger<S3Bucket>.Instance);
        var probe = new ConditionProbe(bucket, settings, time ?? TimeProvider.System, NullLogger<ConditionProbe>.Instance);
        return new S3BlobStore(bucket, probe, settings, time ?? TimeProvider.System, NullLogger<S3BlobStore>.Instance);
    }
}
