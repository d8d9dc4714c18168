using Microsoft.Extensions.Time.Testing;
using RagApp.Ingestion.Parsing;
using RagApp.Parsing.Child;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Ingestion.Parsing;

public sealed class ParserPoolTests : IDisposable
{
    private const string Acme = "acme";
    private const string Globex = "globex";

    private readonly TemporaryFolder _temp = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Parsers _parsers;
    private readonly ParserPool _pool;

    public ParserPoolTests()
    {
        _parsers = new Parsers(new ParserOptions { ReuseDocuments = 2 }, _time);
        _pool = _parsers.Pool;
    }

    [Fact]
    public async Task RentAsync_SameTenant_GetsTheParserThatWaits()
    {
        var first = await ReadAndReturnAsync(Acme);

        (await _pool.RentAsync(Acme, Cancellation)).ShouldBeSameAs(first);
        first.Dispose();
    }

    [Fact]
    public async Task RentAsync_OtherTenant_NeverGetsIt()
    {
        var first = await ReadAndReturnAsync(Acme);

        using var second = await _pool.RentAsync(Globex, Cancellation);

        second.Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public async Task Return_AfterItsLastDocument_EndsIt()
    {
        var child = await ReadAndReturnAsync(Acme);
        (await ReadAndReturnAsync(Acme)).ShouldBeSameAs(child);

        using var next = await _pool.RentAsync(Acme, Cancellation);

        next.Id.ShouldNotBe(child.Id);
    }

    [Fact]
    public async Task Return_NobodyComes_EndsItAfterAWhile()
    {
        var child = await ReadAndReturnAsync(Acme);

        _time.Advance(TimeSpan.FromSeconds(11));

        using var next = await _pool.RentAsync(Acme, Cancellation);
        next.Id.ShouldNotBe(child.Id);
    }

    [Fact]
    public async Task RentAsync_ItDiedWhileItWaited_StartsAnother()
    {
        var child = await ReadAndReturnAsync(Acme);
        using (var process = System.Diagnostics.Process.GetProcessById(child.Id))
        {
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
        }

        using var next = await _pool.RentAsync(Acme, Cancellation);

        next.Id.ShouldNotBe(child.Id);
    }

    public void Dispose()
    {
        _parsers.Dispose();
        _temp.Dispose();
    }

    private async Task<ParserChild> ReadAndReturnAsync(string tenant)
    {
        var path = Path.Combine(_temp.Path, "note.txt");
        await File.WriteAllTextAsync(path, "A short note.", Cancellation);
        var child = await _pool.RentAsync(tenant, Cancellation);
        (await child.ReadAsync(new ChildRequest(path, WithMembers: false), Cancellation))!.Blocks.ShouldHaveSingleItem();
        _pool.Return(tenant, child);
        return child;
    }
}
