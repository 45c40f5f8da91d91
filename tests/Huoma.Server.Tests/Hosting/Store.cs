using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Huoma.Server.Tests.Hosting;

/// <summary>The databases everything has to work on.</summary>
public enum Store
{
    Sqlite,
    Postgres,
}

/// <summary>Runs a theory once on each database.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothStoresAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow<Store>(Store.Sqlite), new TheoryDataRow<Store>(Store.Postgres)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
