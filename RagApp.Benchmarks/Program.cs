using BenchmarkDotNet.Running;

namespace RagApp.Benchmarks;

/// <summary>All measurements; <c>--list flat</c> names them, <c>--filter '*Index*'</c> picks some, <c>--help</c> has the rest.</summary>
public static class Program
{
    public static void Main(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
