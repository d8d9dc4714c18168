using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RagApp.Storage.S3;

namespace RagApp.Tests.TestServices.S3;

/// <summary>The store on a server, as the registration puts it together.</summary>
internal static class S3Stores
{
    public static S3BlobStore Create(S3Options options, TimeProvider? time = null)
    {
        var settings = Options.Create(options);
        var client = new S3Client(settings, time ?? TimeProvider.System, NullLogger<S3Client>.Instance);
        var probe = new ConditionProbe(client, settings, NullLogger<ConditionProbe>.Instance);
        return new S3BlobStore(client, probe, settings, time ?? TimeProvider.System, NullLogger<S3BlobStore>.Instance);
    }
}
