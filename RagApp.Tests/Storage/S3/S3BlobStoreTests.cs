using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RagApp.Storage.Blobs;
using RagApp.Storage.S3;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices.S3;

namespace RagApp.Tests.Storage.S3;

/// <summary>The S3 store on a server that verifies signatures and enforces conditional requests.</summary>
[Covers(typeof(S3BlobStore))]
public sealed class S3BlobStoreTests : BlobStoreConformance, IAsyncLifetime
{
    private S3StandIn _server = null!;
    private S3BlobStore _store = null!;

    protected override IBlobStore Store => _store;

    public async ValueTask InitializeAsync()
    {
        _server = await S3StandIn.StartAsync(Cancellation);
        _store = S3Stores.Create(_server.Options);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(S3Fault.FailAfterDoing)]
    [InlineData(S3Fault.SlowDown)]
    public async Task PutAsync_IfNewAndTheFirstAttemptIsUnclear_IsWrittenAndNoConflict(S3Fault fault)
    {
        _server.FailOnce(fault, request => request.Method == "PUT" && request.Path.Value!.EndsWith("/a", StringComparison.Ordinal));

        var etag = await _store.PutAsync("a", Bytes("mine"), BlobCondition.IfNew, Cancellation);

        await using var blob = (await _store.OpenAsync("a", Cancellation)).ShouldNotBeNull();
        blob.ETag.ShouldBe(etag);
    }

    [Fact]
    public async Task PutAsync_IfUnchangedAndTheFirstAttemptIsUnclear_IsWrittenAndNoConflict()
    {
        var before = await _store.PutAsync("a", Bytes("before"), BlobCondition.None, Cancellation);
        _server.FailOnce(S3Fault.FailAfterDoing, request => request.Headers.IfMatch.Contains($"\"{before}\""));

        var after = await _store.PutAsync("a", Bytes("after"), BlobCondition.IfUnchanged(before), Cancellation);

        await using var blob = (await _store.OpenAsync("a", Cancellation)).ShouldNotBeNull();
        blob.ETag.ShouldBe(after);
    }

    [Fact]
    public async Task PutAsync_IfNewAndSomebodyElseWroteTheSameMeanwhile_Conflicts()
    {
        await _store.PutAsync("a", Bytes("the same"), BlobCondition.IfNew, Cancellation);
        _server.FailOnce(S3Fault.SlowDown, request => request.Headers.IfNoneMatch == "*");

        await Should.ThrowAsync<BlobConflictException>(_store.PutAsync("a", Bytes("the same"), BlobCondition.IfNew, Cancellation));
    }

    [Fact]
    public async Task PutAsync_ServerNamesAWrongTag_NextWriteWithItConflictsAndOneWithTheReadTagDoesNot()
    {
        _server.FailOnce(S3Fault.WrongETag, request => request.Method == "PUT");
        var wrong = await _store.PutAsync("a", Bytes("one"), BlobCondition.None, Cancellation);

        await Should.ThrowAsync<BlobConflictException>(_store.PutAsync("a", Bytes("two"), BlobCondition.IfUnchanged(wrong), Cancellation));
        await using var blob = (await _store.OpenAsync("a", Cancellation)).ShouldNotBeNull();
        await _store.PutAsync("a", Bytes("two"), BlobCondition.IfUnchanged(blob.ETag), Cancellation);
    }

    [Fact]
    public async Task PutAsync_ServerStaysOverloaded_FailsAfterSomeAttempts()
    {
        _server.Fault = _ => S3Fault.SlowDown;

        var exception = await Should.ThrowAsync<S3Exception>(_store.PutAsync("a", Bytes("x"), BlobCondition.None, Cancellation));

        (exception.Code, exception.IsTransient).ShouldBe(("SlowDown", true));
        _server.Requests.Count.ShouldBe(5);
    }

    /// <summary>The entity tag is the MD5 hash of the content on Amazon's servers, but not on all others.</summary>
    [Fact]
    public async Task OpenAsync_TagIsNotTheHashOfTheBytes_IsRead()
    {
        await _store.PutAsync("a", Bytes("text"), BlobCondition.None, Cancellation);
        _server.FailOnce(S3Fault.WrongETag, request => request.Method == "GET");

        await using var blob = (await _store.OpenAsync("a", Cancellation)).ShouldNotBeNull();
        (await new StreamReader(blob.Content).ReadToEndAsync(Cancellation)).ShouldBe("text");
    }

    [Fact]
    public async Task OpenAsync_ConnectionIsCutInTheMiddle_IsAnErrorAndNoShortBlob()
    {
        await _store.PutAsync("a", new MemoryStream(new byte[1_000_000]), BlobCondition.None, Cancellation);
        _server.FailOnce(S3Fault.CutBody, request => request.Method == "GET");

        await using var blob = (await _store.OpenAsync("a", Cancellation)).ShouldNotBeNull();
        await Should.ThrowAsync<IOException>(blob.Content.CopyToAsync(Stream.Null, Cancellation));
    }

    [Fact]
    public async Task ListAsync_MoreThanAPage_GivesAll()
    {
        for (var i = 0; i < 1_100; i++)
            _server.Objects.Put($"many/{i:d4}", new Microsoft.AspNetCore.Http.HeaderDictionary(), []);

        (await _store.ListAsync("many", after: null, Cancellation).ToListAsync(Cancellation)).ShouldBe(Enumerable.Range(0, 1_100).Select(i => $"many/{i:d4}"));
        (await _store.ListAsync("many", "many/1050", Cancellation).CountAsync(Cancellation)).ShouldBe(49);
    }

    [Fact]
    public async Task ListAsync_ConnectionIsCutInTheMiddle_IsAskedAgain()
    {
        await _store.PutAsync("a/b", Bytes("x"), BlobCondition.None, Cancellation);
        _server.FailOnce(S3Fault.CutBody, request => request.Query.ContainsKey("list-type"));

        (await _store.ListAsync("a", after: null, Cancellation).ToListAsync(Cancellation)).ShouldBe(["a/b"]);
    }

    [Fact]
    public async Task AnyCall_WithAPrefix_StaysBelowIt()
    {
        var options = _server.Options;
        options.Prefix = "ragapp/one";
        var other = S3Stores.Create(options);
        await other.PutAsync("a/b", Bytes("x"), BlobCondition.IfNew, Cancellation);
        await _store.PutAsync("a/b", Bytes("y"), BlobCondition.IfNew, Cancellation);

        _server.Objects.Keys.ShouldBe(["a/b", "ragapp/one/a/b"]);
        (await other.ListAsync("", after: null, Cancellation).ToListAsync(Cancellation)).ShouldBe(["a/b"]);
        (await other.ListAsync("a", "a/a", Cancellation).ToListAsync(Cancellation)).ShouldBe(["a/b"]);
    }

    [Theory]
    [InlineData("If-Match")]
    [InlineData("If-None-Match")]
    [InlineData("If-Match on an object that does not exist")]
    public async Task PutAsync_ServerIgnoresACondition_IsRefusedUnlessThereIsASingleWriter(string condition)
    {
        _server.Objects.Ignored.Add(condition);
        var options = _server.Options;
        var refusal = await Should.ThrowAsync<S3Exception>(_store.PutAsync("a", Bytes("x"), BlobCondition.IfNew, Cancellation));
        options.SingleWriter = true;

        await S3Stores.Create(options).PutAsync("a", Bytes("x"), BlobCondition.IfNew, Cancellation);

        refusal.Message.Replace("'", "", StringComparison.Ordinal).ShouldContain($"ignores {condition}:");
        refusal.Message.ShouldContain("Storage:S3:SingleWriter=true");
        _server.Objects.Keys.ShouldBe(["a"]);
    }

    [Theory]
    [InlineData("Bucket", "NoSuchBucket", "Create the bucket 'other'")]
    [InlineData("AccessKey", "InvalidAccessKeyId", "Check Storage:S3:AccessKey")]
    [InlineData("SecretKey", "SignatureDoesNotMatch", "Storage:S3:SecretKey")]
    public async Task AnyCall_WrongSetting_NamesItAndTellsNoSecret(string setting, string code, string sentence)
    {
        var options = _server.Options;
        typeof(S3Options).GetProperty(setting)!.SetValue(options, "other");

        var exception = await Should.ThrowAsync<S3Exception>(S3Stores.Create(options).OpenAsync("a", Cancellation));

        exception.Code.ShouldBe(code);
        exception.Message.ShouldContain(sentence);
        exception.ToString().ShouldNotContain(S3StandIn.SecretKey);
    }

    [Fact]
    public async Task AnyCall_ClocksDiffer_SaysSo()
    {
        _server.Skew = TimeSpan.FromHours(2);

        var exception = await Should.ThrowAsync<S3Exception>(_store.DeleteAsync("a", Cancellation));

        exception.Message.ShouldContain("set this machine's clock");
    }

    [Fact]
    public async Task AnyCall_BucketIsInAnotherRegion_NamesTheSettings()
    {
        _server.Fault = _ => S3Fault.Redirect;

        var exception = await Should.ThrowAsync<S3Exception>(_store.OpenAsync("a", Cancellation));

        exception.Message.ShouldContain("301 PermanentRedirect");
        exception.Message.ShouldContain("check Storage:S3:Region");
        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task FindWrittenAtAsync_AccessIsDenied_SaysWhatToAllow()
    {
        _server.Fault = _ => S3Fault.Refuse;

        var exception = await Should.ThrowAsync<S3Exception>(_store.FindWrittenAtAsync("a", Cancellation));

        exception.Code.ShouldBe("AccessDenied");
        exception.Message.ShouldContain("Allow the access key to get");
    }

    [Fact]
    public async Task AnyCall_NoAnswer_EndsAtTheTimeout()
    {
        var time = new FakeTimeProvider();
        var asked = new TaskCompletionSource();
        _server.Fault = _ =>
        {
            asked.TrySetResult();
            return S3Fault.Silence;
        };
        using var bucket = new S3Bucket(Options.Create(_server.Options), time, NullLogger<S3Bucket>.Instance);

        var call = bucket.CallOnceAsync((s3, token) => s3.GetObjectAsync(S3StandIn.Bucket, "a", token), Cancellation);
        await asked.Task.WaitAsync(Cancellation);
        time.Advance(_server.Options.Timeout);

        var exception = await Should.ThrowAsync<S3Exception>(call);
        (exception.Code, exception.IsTransient).ShouldBe(("Timeout", true));
        exception.Message.ShouldContain("raise Storage:S3:Timeout");
    }

    [Fact]
    public async Task AnyCall_NobodyListens_SaysWhere()
    {
        var options = _server.Options;
        options.Endpoint = "http://127.0.0.1:1";

        var exception = await Should.ThrowAsync<S3Exception>(S3Stores.Create(options).OpenAsync("a", Cancellation));

        exception.IsTransient.ShouldBeTrue();
        exception.Message.ShouldContain("http://127.0.0.1:1 does not answer (Connection refused");
    }
}
