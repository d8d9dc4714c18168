using RagApp.Storage.Blobs;

namespace RagApp.Storage.S3;

/// <summary>A condition as S3 takes it.</summary>
internal static class Conditions
{
    public static Dictionary<string, string> Headers(BlobCondition condition)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (condition.MustBeNew)
            headers.Add("If-None-Match", "*");
        else if (condition.ETag is { } etag)
            headers.Add("If-Match", ETags.Header(etag));
        return headers;
    }
}
