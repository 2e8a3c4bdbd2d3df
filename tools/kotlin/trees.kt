// Binary trees: many short-lived ones beside one that lives long.

private class Tree(val left: Tree?, val right: Tree?) {
    fun count(): Int = 1 + (left?.count() ?: 0) + (right?.count() ?: 0)
}

private fun make(depth: Int): Tree =
    if (depth == 0) Tree(null, null) else Tree(make(depth - 1), make(depth - 1))

fun main() {
    val most = 14
    val long = make(most)
    for (depth in 4..most step 2) {
        val number = 1 shl (most - depth + 4)
        var nodes = 0
        repeat(number) { nodes += make(depth).count() }
        println("$number trees of depth $depth have $nodes nodes")
    }
    println("the tree of depth $most has ${long.count()} nodes")
}
