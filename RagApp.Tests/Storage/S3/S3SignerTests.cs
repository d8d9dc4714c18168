using Microsoft.Extensions.Time.Testing;
using RagApp.Storage.S3;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Storage.S3;

/// <summary>The examples of Amazon's documentation (sig-v4-header-based-auth.html), with their published signatures.</summary>
public sealed class S3SignerTests
{
    private static readonly Uri ExampleBucket = new("https://examplebucket.s3.amazonaws.com/");

    [Fact]
    public void Sign_DocumentedGet_HasTheDocumentedSignature() =>
        SignatureOf(new S3Request(HttpMethod.Get, "test.txt") { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Range"] = "bytes=0-9" } })
            .ShouldBe("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");

    [Fact]
    public void Sign_DocumentedList_HasTheDocumentedSignature() =>
        SignatureOf(new S3Request(HttpMethod.Get, "") { Query = { ["max-keys"] = "2", ["prefix"] = "J" } })
            .ShouldBe("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");

    private static string SignatureOf(S3Request request)
    {
        var signer = new S3Signer(
            "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1",
            new FakeTimeProvider(new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero)));
        using var message = request.ToMessage(ExampleBucket);
        signer.Sign(message, request);
        return message.Headers.NonValidated["Authorization"].ToString().Split("Signature=")[1];
    }
}
