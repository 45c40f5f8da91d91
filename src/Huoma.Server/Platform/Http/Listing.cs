namespace Huoma.Server.Platform.Http;

/// <summary>One page of a list, as every list is answered.</summary>
internal sealed record Listing<T>(IReadOnlyList<T> Items, int Total, int Page, int PageSize);

/// <summary>Which page is asked for: <c>?page=1&amp;pageSize=20</c>, at most 100 a page.</summary>
internal readonly record struct Paging(int? Page, int? PageSize)
{
    public int Number => Math.Max(1, Page ?? 1);

    public int Size => Math.Clamp(PageSize ?? 20, 1, 100);

    public int Skip => (int)Math.Min(int.MaxValue, (long)(Number - 1) * Size);
}
