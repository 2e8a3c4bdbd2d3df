// A splay tree, into which keys with data come and out of which they go.

private class Data(val array: IntArray?, val text: String?, val left: Data?, val right: Data?)

private class Node(val key: Int, val data: Data) {
    var left: Node? = null
    var right: Node? = null
}

private class SplayTree {
    var root: Node? = null

    fun splay(key: Int) {
        var current = root ?: return
        val dummy = Node(0, current.data)
        var left = dummy
        var right = dummy
        while (true) {
            if (key < current.key) {
                var next = current.left ?: break
                if (key < next.key) {
                    current.left = next.right
                    next.right = current
                    current = next
                    next = current.left ?: break
                }
                right.left = current
                right = current
                current = next
            } else if (key > current.key) {
                var next = current.right ?: break
                if (key > next.key) {
                    current.right = next.left
                    next.left = current
                    current = next
                    next = current.right ?: break
                }
                left.right = current
                left = current
                current = next
            } else {
                break
            }
        }
        left.right = current.left
        right.left = current.right
        current.left = dummy.right
        current.right = dummy.left
        root = current
    }

    fun insert(key: Int, data: (Int) -> Data): Boolean {
        val top = root
        if (top == null) {
            root = Node(key, data(key))
            return true
        }
        splay(key)
        val old = root!!
        if (old.key == key) return false
        val node = Node(key, data(key))
        if (key > old.key) {
            node.left = old
            node.right = old.right
            old.right = null
        } else {
            node.right = old
            node.left = old.left
            old.left = null
        }
        root = node
        return true
    }

    /** The greatest key that is smaller than this one. */
    fun before(key: Int): Int? {
        splay(key)
        val top = root ?: return null
        if (top.key < key) return top.key
        var node = top.left ?: return null
        while (true) node = node.right ?: return node.key
    }

    fun remove(key: Int) {
        splay(key)
        val top = root!!
        check(top.key == key) { "the key $key is there" }
        val right = top.right
        root = top.left
        if (root == null) {
            root = right
        } else {
            splay(key)
            root!!.right = right
        }
    }

    fun keys(): List<Int> {
        val found = ArrayList<Int>()
        fun walk(node: Node?) {
            if (node == null) return
            walk(node.left)
            found.add(node.key)
            walk(node.right)
        }
        walk(root)
        return found
    }
}

private var seed = 42

private fun random(): Int {
    seed = seed * 1664525 + 1013904223
    return seed ushr 1
}

private fun data(depth: Int, key: Int): Data =
    if (depth == 0) Data(IntArray(10) { it }, "key $key", null, null)
    else Data(null, null, data(depth - 1, key), data(depth - 1, key))

fun main() {
    val tree = SplayTree()
    var size = 0
    while (size < 8000) if (tree.insert(random()) { data(5, it) }) size++
    repeat(20000) {
        val key = random()
        if (tree.insert(key) { data(5, it) }) tree.remove(tree.before(key) ?: key)
    }
    val keys = tree.keys()
    check(keys.zipWithNext().all { (a, b) -> a < b }) { "keys are in order" }
    println("${keys.size} keys, ${keys.fold(0) { sum, key -> sum * 31 + key }}")
}
