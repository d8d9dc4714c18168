using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace RagApp.Tests.TestServices.CountedWork;

/// <summary>
/// The ingestion steps, and the libraries that process texts for them, loaded a second time with counters. This test
/// assembly is also loaded again, so that a test calls a method there by name and gets the counts back.
/// </summary>
internal sealed class CountedCode : AssemblyLoadContext
{
    private static readonly string[] Counted =
        ["RagApp.Dlp", "RagApp.Ingestion", "RagApp.Storage", "Lucene.Net", "Lucene.Net.Analysis.Common"];

    private static readonly string[] Copied = ["RagApp.Tests", "RagApp.Benchmarks"];

    private static readonly string Folder = Path.GetDirectoryName(typeof(CountedCode).Assembly.Location)!;

    private static readonly Lazy<CountedCode> Loaded = new(() => new CountedCode());

    private CountedCode()
        : base("counted")
    {
    }

    /// <summary>Calls a static method in the instrumented copy of this assembly; returns the counted work.</summary>
    /// <param name="method">Name of a method that takes the kind of text and its length in characters.</param>
    public static WorkDone Run(Type type, string method, string kind, int length)
    {
        var copy = Loaded.Value.LoadFromAssemblyName(type.Assembly.GetName()).GetType(type.FullName!, throwOnError: true)!;
        var steps = copy.Assembly.GetType(typeof(Work).FullName!, throwOnError: true)!.GetProperty(nameof(Work.Steps))!.GetMethod!.CreateDelegate<Func<long>>();
        var called = copy.GetMethod(method, BindingFlags.Static | BindingFlags.Public)!.CreateDelegate<Action<string, int>>();
        var (before, bytes) = (steps(), GC.GetAllocatedBytesForCurrentThread());
        called(kind, length);
        return new WorkDone(steps() - before, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(Folder, $"{assemblyName.Name}.dll");
        if (Counted.Contains(assemblyName.Name, StringComparer.Ordinal))
            return LoadFromStream(CountedAssembly.Write(path));
        return Copied.Contains(assemblyName.Name, StringComparer.Ordinal) ? LoadFromAssemblyPath(path) : null;
    }
}

/// <param name="Steps">Number of steps, counted by <see cref="Work"/>.</param>
/// <param name="Bytes">Bytes of allocated memory, which include copies.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WorkDone(long Steps, long Bytes);
