using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace RagApp.Tests.TestServices.CountedWork;

/// <summary>
/// The steps of ingestion, and the libraries that they leave a text to, loaded a second time with counters in them. What
/// runs there is another copy of this assembly too, so that a test calls it by name and gets numbers back.
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

    /// <summary>Calls a static method of this assembly, in its counted copy, and counts.</summary>
    /// <param name="method">Takes what to work on by name, and how many characters of it.</param>
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

/// <param name="Steps">As <see cref="Work"/> counts them.</param>
/// <param name="Bytes">Memory that was asked for, which counts what is copied.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WorkDone(long Steps, long Bytes);
