using System.Text;
using Minio;
using Minio.DataModel.Args;
using RagApp.Storage.Blobs;
using RagApp.Tests.TestServices.S3;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Storage.S3;

/// <summary>A client that is not ours, for what both ends of our own tests could have wrong in common.</summary>
public sealed class MinioWitnessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StandIn_UsedByBoth_EachReadsWhatTheOtherWrote()
    {
        await using var server = await S3StandIn.StartAsync(Cancellation);
        var store = S3Stores.Create(server.Options);
        using var minio = new MinioClient().WithEndpoint(new Uri(server.Address)).WithCredentials(S3StandIn.AccessKey, S3StandIn.SecretKey).WithRegion("us-east-1").Build();

        await store.PutAsync("ours", new MemoryStream("from ours"u8.ToArray()), BlobCondition.IfNew, Cancellation);
        await minio.PutObjectAsync(
            new PutObjectArgs().WithBucket(S3StandIn.Bucket).WithObject("theirs").WithObjectSize(11).WithStreamData(new MemoryStream("from theirs"u8.ToArray())), Cancellation);

        var read = new MemoryStream();
        await minio.GetObjectAsync(
            new GetObjectArgs().WithBucket(S3StandIn.Bucket).WithObject("ours").WithCallbackStream((stream, token) => stream.CopyToAsync(read, token)), Cancellation);
        Encoding.UTF8.GetString(read.ToArray()).ShouldBe("from ours");
        await using var blob = (await store.OpenAsync("theirs", Cancellation)).ShouldNotBeNull();
        (await new StreamReader(blob.Content).ReadToEndAsync(Cancellation)).ShouldBe("from theirs");
        (await minio.ListObjectsEnumAsync(new ListObjectsArgs().WithBucket(S3StandIn.Bucket).WithRecursive(true), Cancellation)
            .Select(item => item.Key).ToListAsync(Cancellation)).ShouldBe(["ours", "theirs"]);
    }
}
